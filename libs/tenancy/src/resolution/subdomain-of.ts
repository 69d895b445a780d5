/**
 * The one label in front of the base domain, in lower case: `t1` of `t1.bff.example.com:443` under
 * `bff.example.com`. Undefined when the host is the base domain itself, lies deeper, or elsewhere.
 *
 * @param host as in the `Host` header (RFC 9110, section 7.2), the port included
 */
export function subdomainOf(host: string, baseDomain: string): string | undefined {
  const name = domainName(host);
  const suffix = `.${domainName(baseDomain)}`;
  if (!name.endsWith(suffix)) return undefined;
  const label = name.slice(0, -suffix.length);
  return label === '' || label.includes('.') ? undefined : label;
}

/** Names are compared without case (RFC 4343), port, and the dot of the root. */
const domainName = (host: string): string => host.toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '');
