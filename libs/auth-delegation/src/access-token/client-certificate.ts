import { BlockList, isIPv6 } from 'node:net';
import { certificateHeaders, type CertificateHeader } from './certificate-headers.ts';
import type { RequestFacts } from './request-facts.ts';

export interface ClientCertificateOptions {
  /** Addresses and subnets (CIDR) of the proxies that end TLS in front of us; default none. */
  readonly trustedProxies?: readonly string[] | undefined;
  /** The field in which those proxies put the client's certificate; default: none of theirs is believed. */
  readonly clientCertHeader?: CertificateHeader | undefined;
}

/**
 * Reads the client's certificate (DER): from a trusted proxy only what its field says, from anybody else only what the TLS
 * connection itself proved. A proxy's own certificate is never taken for the client's, and no other field is looked at: a
 * proxy that does not set a field does not remove that of the client either (F28).
 *
 * @throws {TypeError} on anything that is not an address or subnet
 */
export function clientCertificateReader({
  trustedProxies = [],
  clientCertHeader,
}: ClientCertificateOptions): (facts: RequestFacts) => Buffer | undefined {
  const isTrusted = trustedPeers(trustedProxies);
  const format = clientCertHeader === undefined ? undefined : certificateHeaders[clientCertHeader];
  return ({ headers, peerAddress, peerCertificate }) => {
    if (!isTrusted(peerAddress)) return peerCertificate();
    if (clientCertHeader === undefined || format === undefined) return undefined;
    const { verdict } = format;
    if (verdict && onlyValue(headers[verdict.header]) !== verdict.value) return undefined;
    const value = onlyValue(headers[clientCertHeader]);
    return value === undefined ? undefined : format.decode(value);
  };
}

/** Two are none: one of them may be the client's own invention. */
const onlyValue = (values: readonly string[] = []): string | undefined =>
  values.length === 1 ? values[0] : undefined;

function trustedPeers(addresses: readonly string[]): (address: string | undefined) => boolean {
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
