import type { IncomingMessage } from 'node:http';
import { Problem, requestTarget } from '@bff/service-kit';
import type { TrustedProxies } from './trusted-proxies.ts';

/**
 * Returns the host that the client requested: `X-Forwarded-Host` if the connection comes from a trusted proxy
 * (T3), else the host of the absolute-form target, or `Host`. From an untrusted client `X-Forwarded-Host` is
 * ignored, because it could select a tenant.
 * @throws {Problem} `bad-request` when a trusted proxy forwards several hosts, so that the client's is
 * ambiguous
 */
export function requestHost(request: IncomingMessage, trusted: TrustedProxies): string | undefined {
  const forwarded = request.headers['x-forwarded-host'];
  if (forwarded === undefined || !trusted.has(request.socket.remoteAddress))
    return requestTarget(request).authority ?? request.headers.host;
  if (typeof forwarded !== 'string' || forwarded.includes(','))
    throw new Problem('bad-request', { detail: 'X-Forwarded-Host must have exactly one value.' });
  return forwarded.trim();
}
