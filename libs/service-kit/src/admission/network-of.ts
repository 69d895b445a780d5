/**
 * Returns the network of an address: /24 of IPv4, /48 of IPv6. A single subscriber may be
 * assigned a network of this size, so that further addresses within it cost an attacker nothing.
 */
export function networkOf(address = ''): string {
  const ipv4 = /(\d+\.\d+\.\d+)\.\d+$/.exec(address)?.[1];
  if (ipv4 !== undefined) return ipv4;
  const [head = ''] = address.split('::');
  return [...head.split(':'), '', '', ''].slice(0, 3).join(':');
}
