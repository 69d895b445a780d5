/**
 * Returns the network of an address: /24 of IPv4, /48 of IPv6. One subscriber may get that much, so an
 * attacker pays nothing for addresses within it.
 */
export function networkOf(address = ''): string {
  const ipv4 = /(\d+\.\d+\.\d+)\.\d+$/.exec(address)?.[1];
  if (ipv4 !== undefined) return ipv4;
  const [head = ''] = address.split('::');
  return [...head.split(':'), '', '', ''].slice(0, 3).join(':');
}
