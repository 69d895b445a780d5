import { X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isFromLoopback } from './local-call.ts';

/**
 * Returns the client certificate (RFC 8705) that a TLS proxy on this machine forwards as URL-encoded PEM in
 * `x-client-cert`. Ignores the field in requests from other addresses, because any client could send it.
 */
export function clientCertificate(request: IncomingMessage): X509Certificate | undefined {
  const pem = request.headers['x-client-cert'];
  if (typeof pem !== 'string' || !isFromLoopback(request)) return undefined;
  try {
    return new X509Certificate(decodeURIComponent(pem));
  } catch {
    return undefined;
  }
}
