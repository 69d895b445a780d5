import type { Clock } from '@bff/service-kit';
import type { Call, Stage } from '../pipeline/call.ts';
import type { RecentWrites } from './recent-writes.ts';
import type { SharedCache } from './shared-cache.ts';

/**
 * Records a write, so that its owner gets no older answer afterwards: in this process from the complete
 * service, in other replicas from the target of the write (RFC 9111, section 4.4). Applies also to a failed
 * write, because it may have been made.
 */
export function withRecordedWrite(
  writes: RecentWrites,
  shared: SharedCache | undefined,
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
