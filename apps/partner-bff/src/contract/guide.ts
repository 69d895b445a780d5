import { problemTypes } from '@bff/service-kit';
import { versions } from './versions.ts';

const day = (date: Date): string => date.toISOString().slice(0, 10);

/** What holds for every operation, as the description of the OpenAPI document (CommonMark). */
export const guide: string = [
  'Additive changes come without notice: ignore members that you do not know. What your tenant may not see is absent.',
  ...versions.flatMap(({ name, deprecated }) =>
    deprecated
      ? `**Version ${name.slice(1)}** is deprecated since ${day(deprecated.since)} and ends on ${day(deprecated.sunset)}. Use the current version.`
      : [],
  ),
  '**Limits.** `RateLimit-Policy: "burst";q=100;w=60` allows 100 requests in 60 seconds; `RateLimit: "burst";r=50;t=30` says that 50 remain for 30 seconds. Beyond the quota the answer is 429 `quota-exceeded` with `Retry-After`.',
  '**Pages.** The cursor of the next page is valid for 24 hours, for the same path, `limit` and `fields`. After 400 `invalid-cursor`, begin at the first page.',
  '**Writes.** Each change needs an `Idempotency-Key` of its own. A request that is repeated with its key is executed once: its answer is replayed for 24 hours, and for a week `GET .../writes/{key}` tells what it came to. 409: the first one is in flight, repeat it later. 422: the key was used for another request.',
  '**Errors** are problem details (RFC 9457), `application/problem+json`. Decide by `type`, and quote `request_id` when you ask us. The types are a closed list:',
  Object.entries(problemTypes)
    .map(([type, [status, title]]) => `- \`/problems/${type}\` (${status}): ${title}`)
    .join('\n'),
].join('\n\n');
