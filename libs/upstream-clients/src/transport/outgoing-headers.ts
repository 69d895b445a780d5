import type { CallScope, PreparedRequest } from '../pipeline/call.ts';
import type { AnyOperation } from '../pipeline/operation.ts';

/**
 * Returns the header fields of a call, alternating names and values. Built from the scope and the declared
 * parameters only: no header field of the client's request is forwarded (W13).
 */
export function outgoingHeaders(
  request: PreparedRequest,
  scope: CallScope,
  audience: string,
  { accept, contentType }: Pick<AnyOperation, 'accept' | 'contentType'>,
): string[] {
  const headers = [
    'Authorization', `Bearer ${scope.bearerFor(audience)}`,
    'X-Internal-BFF', 'true',
    'X-Tenant-ID', scope.tenant,
    'traceparent', scope.traceparent,
    'X-Request-ID', scope.requestId,
    // A duration and not a time, because the clocks of two machines differ.
    'X-Request-Timeout-Ms', String(Math.ceil(scope.deadline.remaining())),
    'Accept', accept,
    'Accept-Encoding', 'identity',
  ]; // prettier-ignore
  if (scope.tracestate !== undefined) headers.push('tracestate', scope.tracestate);
  headers.push(...request.headers);
  if (request.body !== undefined) headers.push('Content-Type', contentType);
  if (request.known?.etag !== undefined) headers.push('If-None-Match', request.known.etag);
  if (request.known?.lastModified !== undefined)
    headers.push('If-Modified-Since', request.known.lastModified);
  if (request.ifMatch !== undefined) headers.push('If-Match', request.ifMatch);
  if (request.idempotencyKey !== undefined) headers.push('Idempotency-Key', request.idempotencyKey);
  return headers;
}
