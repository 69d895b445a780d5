import type { Clock } from '@bff/service-kit';
import type { Call, Stage } from '../pipeline/call.ts';
import type { RecentWrites } from './recent-writes.ts';
import type { SharedCache } from './shared-cache.ts';

/**
 * Records a write, so that its owner is not served an older answer afterwards. In this process that applies
 * to all answers of the service, in other replicas only to the target of the write (RFC 9111, section 4.4). A
 * failed write is recorded too, because the upstream may have made it.
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
