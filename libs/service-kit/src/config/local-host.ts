import { isIP } from 'node:net';

/**
 * Returns whether a `Host` is an IP address or `localhost`, which rules out DNS rebinding. In that attack
 * the attacker's domain resolves to this machine, so that a page of that domain can read this service as
 * same-origin. Its requests carry the domain in `Host`.
 */
export function isLocalHost(host = ''): boolean {
  const name = host.replace(/:\d*$/, '').toLowerCase();
  return name === 'localhost' || isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0;
}
