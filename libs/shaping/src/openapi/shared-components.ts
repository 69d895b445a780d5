import { problemTypes, type Degradation } from '@bff/service-kit';
import { headersOf } from './answers.ts';
import { reference, type JsonNode } from './json-node.ts';

/** Descriptions of what the sender and the problem handler send, the same for every client family. */
const string = { type: 'string' } as const;
const reasons: Record<Degradation['reason'], true> = {
  timeout: true,
  open: true,
  error: true,
  shed: true,
  'bad-response': true,
};
const fallbacks: Record<Degradation['fallback'], true> = { stale: true, tenant: true, default: true };

export const sharedSchemas: Readonly<Record<string, JsonNode>> = {
  Meta: {
    type: 'object',
    description: 'How complete this answer is.',
    properties: {
      etag: { ...string, description: 'Entity tag without quotes; only in complete answers to reads.' },
      complete: { type: 'boolean', description: 'Whether every source answered.' },
      degraded: {
        type: 'array',
        description: 'The sources that failed, and the fallback shown for each.',
        items: {
          type: 'object',
          properties: {
            source: string,
            reason: { ...string, enum: Object.keys(reasons) },
            fallback: { ...string, enum: Object.keys(fallbacks) },
            age_ms: { type: 'integer', description: 'Age of stale data in milliseconds.' },
          },
          required: ['source', 'reason', 'fallback'],
        },
      },
    },
    required: ['complete', 'degraded'],
  },
  Problem: {
    type: 'object',
    description: 'Problem details (RFC 9457).',
    properties: {
      type: { ...string, description: '`/problems/<name>`: the names are a closed list.' },
      title: string,
      status: { type: 'integer' },
      detail: string,
      instance: { ...string, description: 'The requested path.' },
      request_id: { ...string, description: 'Identifies the request in logs; quote it in support requests.' },
    },
    required: ['type', 'title', 'status', 'instance', 'request_id'],
  },
};

const header = (description: string): JsonNode => ({ description, schema: string });

export const sharedHeaders: Readonly<Record<string, JsonNode>> = {
  ETag: header(
    'Strong validator of this answer, for `If-None-Match` of the next request. Absent when degraded.',
  ),
  'Last-Modified': header(
    'When the answer last changed, for `If-Modified-Since` of the next request. Only for a complete answer whose sources all have a date.',
  ),
  'BFF-Degraded': header('RFC 9651 list: `items;reason=timeout;fallback=default`. Only when degraded.'),
  'BFF-Session': header(
    '`revalidate`: call `POST /auth/revalidate`, in the background or, after a 401, before repeating the request.',
  ),
  'Server-Timing': header('Duration of each source in milliseconds.'),
  'Retry-After': header('Seconds to wait before the next try.'),
  'Idempotency-Replayed': header('`true` when this is the answer to an earlier request with the same key.'),
  Location: header('Target of the redirect.'),
  IM: header('RFC 3229: `json-patch`.'),
  'Delta-Base': header('RFC 3229: the ETag that the patch applies to.'),
  'Cache-Status': header('RFC 9211: how a cache took part in the answer of each source.'),
  'Sync-Digest': header(
    'SHA-256 of the patched view in canonical JSON (RFC 8785), as a byte sequence of RFC 9651.',
  ),
  'Sync-Keep': header('Members without a fresh value in this answer: keep the stored ones.'),
  'WWW-Authenticate': header('RFC 9110: how to authenticate, or which scope is missing (RFC 6750).'),
  Allow: header('RFC 9110: the methods that this path allows.'),
  Accept: header('RFC 9110: the accepted media types of a body.'),
  'Accept-Encoding': header('RFC 9110: the accepted content codings of a body.'),
  'Accept-Patch': header('RFC 5789: the accepted media types of a patch.'),
  'Sync-Reset': header('Why no patch could be made: replace the stored view with this answer.'),
};

/** Statuses with `Retry-After`. */
const retryable = new Set([409, 429, 503, 504]);

/** Returns the header fields of answers with this status. */
const headersOfStatus = (status: number): readonly string[] => [
  // RFC 6750, section 3.1: a 403 for a missing scope has a challenge too.
  ...(status === 401 || status === 403 ? ['WWW-Authenticate'] : []),
  ...(status === 405 ? ['Allow'] : []),
  ...(status === 415 ? ['Accept', 'Accept-Patch', 'Accept-Encoding'] : []),
  ...(retryable.has(status) ? ['Retry-After'] : []),
];

/** Returns the description of a problem answer. @param headers that every problem has, whatever its status */
export const problemResponse = (
  status: number,
  description: string,
  headers: readonly string[] = [],
): JsonNode => ({
  description,
  ...headersOf([...headersOfStatus(status), ...headers]),
  content: { 'application/problem+json': { schema: reference('schemas', 'Problem') } },
});

/** Returns one response for each problem type of the closed list. */
export const sharedResponses = (headers: readonly string[]): Readonly<Record<string, JsonNode>> =>
  Object.fromEntries(
    Object.entries(problemTypes).map(([type, [status, title]]) => [
      type,
      problemResponse(status, title, headers),
    ]),
  );
