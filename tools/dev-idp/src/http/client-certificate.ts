import { X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isFromLoopback } from './local-call.ts';

/**
 * The client certificate (RFC 8705), which a TLS proxy on this machine hands over as URL-encoded PEM in `x-client-cert`.
 * From any other address the header is somebody's claim, and there is no certificate.
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
