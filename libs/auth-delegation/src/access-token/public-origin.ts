import type { IncomingMessage } from 'node:http';
import { requestHost, subdomainOf, type TrustedProxies } from '@bff/tenancy';

export interface PublicOrigins {
  /** Under which clients reach this service; a slash at its end does not matter. */
  readonly publicUrl: string;
  /** Domain whose subdomains name tenants; unset: there are none. */
  readonly baseDomain?: string | undefined;
  readonly trustedProxies: TrustedProxies;
}

/**
 * Where a client sent its request: the public address, or the host of a tenant with the scheme and port of that. No other host
 * of a request is repeated: whoever chooses it would choose what a proof is compared with.
 */
export function publicOrigin(
  request: IncomingMessage,
  { publicUrl, baseDomain, trustedProxies }: PublicOrigins,
): string {
  const origin = publicUrl.replace(/\/+$/, '');
  const host = baseDomain === undefined ? undefined : requestHost(request, trustedProxies);
  if (host === undefined || baseDomain === undefined) return origin;
  const label = subdomainOf(host, baseDomain);
  if (label === undefined || !/^[a-z\d_-]+$/.test(label)) return origin;
  const { protocol, port } = new URL(publicUrl);
  return `${protocol}//${label}.${baseDomain.replace(/\.$/, '')}${port === '' ? '' : `:${port}`}`;
}
