import { BlockList, isIPv6 } from 'node:net';
import { type RequestFacts } from './request-facts.ts';

/**
 * @param addresses single addresses or subnets in CIDR notation of the proxies that end TLS in front of us
 * @throws {TypeError} on anything else
 */
export function trustedPeers(addresses: readonly string[]): (address: string | undefined) => boolean {
  const list = new BlockList();
  for (const entry of addresses) {
    const [address = '', prefix] = entry.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    try {
      if (prefix === undefined) list.addAddress(address, family);
      else list.addSubnet(address, Number(prefix), family);
    } catch (cause) {
      throw new TypeError(`not an address or subnet of a proxy: ${entry}`, { cause });
    }
  }
  // An IPv4 peer of a dual-stack socket appears as ::ffff:a.b.c.d; BlockList knows that form.
  return (address) => address !== undefined && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/**
 * The client's certificate (DER): from a trusted proxy only what its header says, from anybody else only what the TLS
 * connection itself proved. A proxy's own certificate is never taken for the client's.
 */
export function clientCertificate(
  facts: RequestFacts,
  isTrusted: (address: string | undefined) => boolean,
): Buffer | undefined {
  return isTrusted(facts.peerAddress) ? fromHeader(facts.headers) : facts.peerCertificate();
}

/** Two certificates are none: one of them may be the client's own invention. */
function fromHeader(headers: RequestFacts['headers']): Buffer | undefined {
  const standard = headers['client-cert'] ?? [];
  const nginx = headers['x-client-cert'] ?? [];
  if (standard.length + nginx.length !== 1) return undefined;
  return standard[0] === undefined ? escapedPem(nginx[0] ?? '') : byteSequence(standard[0]);
}

/** RFC 9440, section 2.1: an RFC 9651 byte sequence. */
function byteSequence(value: string): Buffer | undefined {
  const base64 = /^:([A-Za-z0-9+/]+=*):$/.exec(value)?.[1];
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64');
}

/** `$ssl_client_escaped_cert` of nginx: one PEM block, percent-encoded. */
function escapedPem(value: string): Buffer | undefined {
  try {
    const pem = /^-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----\s*$/;
    const base64 = pem.exec(decodeURIComponent(value))?.[1];
    return base64 === undefined ? undefined : Buffer.from(base64, 'base64');
  } catch {
    return undefined;
  }
}
