import { problemTypes } from '@bff/service-kit';
import { versions } from './versions.ts';

const day = (date: Date): string => date.toISOString().slice(0, 10);

/** Description of the OpenAPI document (CommonMark): rules that hold for every operation. */
export const guide: string = [
  'Members may be added without notice: ignore those that you do not know. Members that your tenant may not see are absent.',
  ...versions.flatMap(({ name, deprecated }) =>
    deprecated
      ? `**Version ${name.slice(1)}** has been deprecated since ${day(deprecated.since)} and ends on ${day(deprecated.sunset)}. Use the current version.`
      : [],
  ),
  '**Limits.** `RateLimit-Policy: "burst";q=100;w=60` allows 100 requests in 60 seconds; `RateLimit: "burst";r=50;t=30` says that 50 remain for 30 seconds. Requests beyond the quota get 429 `quota-exceeded` with `Retry-After`.',
  '**Pages.** The cursor of the next page is valid for 24 hours, for the same path, `limit` and `fields`. After 400 `invalid-cursor`, restart with the first page.',
  '**Writes.** Each change requires its own `Idempotency-Key`. Requests with the same key are executed once: the answer is replayed for 24 hours, and for a week `GET .../writes/{key}` returns the outcome. 409: the first request is still in flight, retry later. 422: the key was used for another request.',
  '**Errors** are problem details (RFC 9457), `application/problem+json`. Handle errors by `type`, and quote `request_id` in support requests. The types are a closed list:',
  Object.entries(problemTypes)
    .map(([type, [status, title]]) => `- \`/problems/${type}\` (${status}): ${title}`)
    .join('\n'),
].join('\n\n');
