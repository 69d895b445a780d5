import { problemTypes, type Degradation } from '@bff/service-kit';
import { headersOf } from './answers.ts';
import { reference, type JsonNode } from './json-node.ts';

/** What the sender and the problem handler say is the same for every client family: here it is described. */
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
    description: 'What this answer is worth.',
    properties: {
      etag: { ...string, description: 'Without quotes; only of a complete answer to a read.' },
      complete: { type: 'boolean', description: 'Whether every source answered.' },
      degraded: {
        type: 'array',
        description: 'The sources that did not answer, and what stands in their place.',
        items: {
          type: 'object',
          properties: {
            source: string,
            reason: { ...string, enum: Object.keys(reasons) },
            fallback: { ...string, enum: Object.keys(fallbacks) },
            age_ms: { type: 'integer', description: 'Of stale data, in milliseconds.' },
          },
          required: ['source', 'reason', 'fallback'],
        },
      },
    },
    required: ['complete', 'degraded'],
  },
  Problem: {
    type: 'object',
    description: 'RFC 9457.',
    properties: {
      type: { ...string, description: '`/problems/<name>`: the names are a closed list.' },
      title: string,
      status: { type: 'integer' },
      detail: string,
      instance: { ...string, description: 'The path that was asked for.' },
      request_id: { ...string, description: 'Quote it when you ask us.' },
    },
    required: ['type', 'title', 'status', 'instance', 'request_id'],
  },
};

const header = (description: string): JsonNode => ({ description, schema: string });

export const sharedHeaders: Readonly<Record<string, JsonNode>> = {
  ETag: header(
    'Strong validator of exactly this answer; the `If-None-Match` of the next. None when degraded.',
  ),
  'Last-Modified': header(
    'When the answer last changed, as HTTP-date. Only of a complete answer whose sources all tell it; then the `If-Modified-Since` of the next request.',
  ),
  'BFF-Degraded': header('RFC 9651 list: `items;reason=timeout;fallback=default`. Only when degraded.'),
  'BFF-Session': header(
    '`revalidate`: call `POST /auth/revalidate`, in the background or, after a 401, before the request is repeated.',
  ),
  'Server-Timing': header('Milliseconds of each source.'),
  'Retry-After': header('Seconds.'),
  'Idempotency-Replayed': header('`true` when the answer is that of an earlier request with this key.'),
  Location: header('Where the browser goes on to.'),
  IM: header('RFC 3229: `json-patch`.'),
  'Delta-Base': header('RFC 3229: the ETag that the patch applies to.'),
  'Cache-Status': header('RFC 9211: how a cache came into the answer of each source.'),
  'Sync-Digest': header(
    'SHA-256 of the patched view in canonical JSON (RFC 8785), as a byte sequence of RFC 9651.',
  ),
  'Sync-Keep': header('Members of which this answer has no fresh value: keep yours.'),
  'WWW-Authenticate': header('RFC 9110: how to authenticate, or which scope is missing (RFC 6750).'),
  Allow: header('RFC 9110: the methods that are allowed here.'),
  Accept: header('RFC 9110: the media types that a body may have here.'),
  'Accept-Encoding': header('RFC 9110: the content codings that a body may have here.'),
  'Accept-Patch': header('RFC 5789: the media types that a patch may have here.'),
  'Sync-Reset': header('Why no patch could be made: forget what you have and take this.'),
};

/** Statuses that may say when to come back. */
const retryable = new Set([409, 429, 503, 504]);

/** What else an answer of this status has. */
const headersOfStatus = (status: number): readonly string[] => [
  // RFC 6750, section 3.1: a scope that is missing is a challenge, too.
  ...(status === 401 || status === 403 ? ['WWW-Authenticate'] : []),
  ...(status === 405 ? ['Allow'] : []),
  ...(status === 415 ? ['Accept', 'Accept-Patch', 'Accept-Encoding'] : []),
  ...(retryable.has(status) ? ['Retry-After'] : []),
];

/** @param headers that every problem has, whatever its status */
export const problemResponse = (
  status: number,
  description: string,
  headers: readonly string[] = [],
): JsonNode => ({
  description,
  ...headersOf([...headersOfStatus(status), ...headers]),
  content: { 'application/problem+json': { schema: reference('schemas', 'Problem') } },
});

/** One for each type of the closed list. */
export const sharedResponses = (headers: readonly string[]): Readonly<Record<string, JsonNode>> =>
  Object.fromEntries(
    Object.entries(problemTypes).map(([type, [status, title]]) => [
      type,
      problemResponse(status, title, headers),
    ]),
  );
