const pipeline = '';
/**
 * Header fields that are not parameters of a generated client. The value is the note for a caller of an
 * operation that requires the field; empty when no note is needed, because OpenAPI ignores the field or the
 * pipeline sets it.
 */
export const ownFields: ReadonlyMap<string, string> = new Map([
  ['if-match', 'pass it as the call option ifMatch'],
  ['idempotency-key', 'pass it as the call option idempotencyKey'],
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
