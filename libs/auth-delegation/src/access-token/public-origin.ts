import type { IncomingMessage } from 'node:http';
import { requestHost, subdomainOf, type TrustedProxies } from '@bff/tenancy';

export interface PublicOrigins {
  /** URL under which clients reach this service; a slash at its end is ignored. */
  readonly publicUrl: string;
  /** Domain whose subdomains name tenants; undefined: subdomains do not name tenants. */
  readonly baseDomain?: string | undefined;
  readonly trustedProxies: TrustedProxies;
}

/**
 * Returns the origin that a client sent its request to: the public one, or a tenant's subdomain with the same
 * scheme and port. For any other `Host` it is the public origin: otherwise the client could choose the URL
 * that its DPoP proof is compared with.
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
