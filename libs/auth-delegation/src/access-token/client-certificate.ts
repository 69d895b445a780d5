import { BlockList, isIPv6 } from 'node:net';
import { certificateHeaders, type CertificateHeader } from './certificate-headers.ts';
import type { RequestFacts } from './request-facts.ts';

export interface ClientCertificateOptions {
  /** Addresses and subnets (CIDR) of the proxies that terminate TLS. default: no proxy is trusted */
  readonly trustedProxies?: readonly string[] | undefined;
  /** The field in which those proxies forward the client's certificate. default: no field is read */
  readonly clientCertHeader?: CertificateHeader | undefined;
}

/**
 * Creates the reader of the client's certificate (DER). From a trusted proxy it reads the configured field
 * only; from other peers the certificate of the TLS connection only. A proxy's own certificate is never taken
 * for the client's. Other fields are ignored, because a proxy passes on the fields that it does not set, and
 * a client may have forged them (F28).
 * @throws {TypeError} when an entry of `trustedProxies` is neither an address nor a subnet
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

/** Returns the only value of a field. Undefined for several, because the client may have sent one of them. */
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
  // An IPv4 peer of a dual-stack socket appears as ::ffff:a.b.c.d, which BlockList matches.
  return (address) => address !== undefined && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
