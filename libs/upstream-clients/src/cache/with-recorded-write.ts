import type { Clock } from '@bff/service-kit';
import type { Call, Stage } from '../pipeline/call.ts';
import type { RecentWrites } from './recent-writes.ts';
import type { SharedCopies } from './shared-copies.ts';

/**
 * After a write its owner is given nothing older: by this process of the whole service, by the others of the target
 * (RFC 9111, section 4.4). Also when it failed: it may have been done all the same.
 */
export function withRecordedWrite(
  writes: RecentWrites,
  shared: SharedCopies | undefined,
  clock: Clock,
): Stage {
  return <T>(next: Call<T>): Call<T> =>
    async (request, scope) => {
      try {
        return await next(request, scope);
      } finally {
        writes.note(request.owner, clock());
        shared?.delete(request, scope);
      }
    };
}
