import { BlockList, isIP, isIPv6 } from 'node:net';

/** Addresses of proxies whose `X-Forwarded-*` fields are trusted. */
export interface TrustedProxies {
  has(address: string | undefined): boolean;
}

/**
 * Parses addresses and ranges.
 * @param ranges addresses (`10.0.0.7`, `::1`) and CIDR ranges (`10.0.0.0/8`, `fd00::/8`)
 * @throws {TypeError} with every invalid entry
 */
export function trustedProxies(ranges: readonly string[]): TrustedProxies {
  const list = new BlockList();
  const wrong = ranges.filter((range) => !add(list, range));
  if (wrong.length > 0)
    throw new TypeError(`not an address or CIDR range: ${wrong.map((range) => `"${range}"`).join(', ')}`);
  return { has: (address = '') => list.check(address, familyOf(address)) };
}

function add(list: BlockList, range: string): boolean {
  const [address = '', prefix, ...rest] = range.split('/');
  if (isIP(address) === 0 || rest.length > 0) return false;
  if (prefix === undefined) {
    list.addAddress(address, familyOf(address));
    return true;
  }
  const bits = /^\d{1,3}$/.test(prefix) ? Number(prefix) : Infinity;
  if (bits > (isIPv6(address) ? 128 : 32)) return false;
  list.addSubnet(address, bits, familyOf(address));
  return true;
}

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv6(address) ? 'ipv6' : 'ipv4');
