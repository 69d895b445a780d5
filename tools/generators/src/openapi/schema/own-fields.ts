const pipeline = '';
/**
 * Header fields that are no parameters of a generated client, and what a required one means for its caller; empty: nothing,
 * because OpenAPI has them ignored, or the pipeline sets them.
 */
export const ownFields: ReadonlyMap<string, string> = new Map([
  ['if-match', 'give it with a call as ifMatch'],
  ['idempotency-key', 'give it with a call as idempotencyKey'],
  ['cookie', 'clients send no cookies'],
  ['if-none-match', 'the cache sends it when it has an answer'],
  ['if-modified-since', 'the cache sends it when it has an answer'],
  ...[
    'accept',
    'content-type',
    'authorization',
    'accept-encoding',
    'x-internal-bff',
    'x-tenant-id',
    'traceparent',
    'tracestate',
    'x-request-id',
    'x-request-timeout-ms',
    'content-length',
    'host',
    'connection',
    'keep-alive',
    'transfer-encoding',
    'te',
    'upgrade',
    'expect',
  ].map((name) => [name, pipeline] as const),
]);
