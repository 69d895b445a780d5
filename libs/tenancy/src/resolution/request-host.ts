import type { IncomingMessage } from 'node:http';
import { Problem, requestTarget } from '@bff/service-kit';
import type { TrustedProxies } from './trusted-proxies.ts';

/**
 * The host that the client asked for: `X-Forwarded-Host` when the connection comes from a trusted proxy (T3), else
 * the target in absolute form, or `Host`. From anybody else the forwarded header is a claim by which a stranger could choose a tenant.
 *
 * @throws {Problem} `bad-request` when a trusted proxy forwards several hosts: which one the client named is a guess
 */
export function requestHost(request: IncomingMessage, trusted: TrustedProxies): string | undefined {
  const forwarded = request.headers['x-forwarded-host'];
  if (forwarded === undefined || !trusted.has(request.socket.remoteAddress))
    return requestTarget(request).authority ?? request.headers.host;
  if (typeof forwarded !== 'string' || forwarded.includes(','))
    throw new Problem('bad-request', { detail: 'X-Forwarded-Host may be given once.' });
  return forwarded.trim();
}
