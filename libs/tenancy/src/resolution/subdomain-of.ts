/**
 * Returns the single label in front of the base domain, in lower case: `t1` for `t1.bff.example.com:443`
 * under `bff.example.com`. Undefined for the base domain itself, deeper names, and other domains.
 * @param host `Host` field (RFC 9110, section 7.2), port included
 */
export function subdomainOf(host: string, baseDomain: string): string | undefined {
  const name = domainName(host);
  const suffix = `.${domainName(baseDomain)}`;
  if (!name.endsWith(suffix)) return undefined;
  const label = name.slice(0, -suffix.length);
  return label === '' || label.includes('.') ? undefined : label;
}

/**
 * Normalizes a host for comparison: lower case, because names are case-insensitive (RFC 4343), without the
 * port and the trailing dot of the DNS root.
 */
const domainName = (host: string): string => host.toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '');
