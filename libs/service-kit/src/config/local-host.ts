import { isIP } from 'node:net';

/**
 * Returns whether a `Host` is an IP address or `localhost`, which rules out DNS rebinding. In that attack a
 * page of the attacker's domain, which resolves to this machine, is same-origin with what it reads here;
 * `Host` then has the domain.
 */
export function isLocalHost(host = ''): boolean {
  const name = host.replace(/:\d*$/, '').toLowerCase();
  return name === 'localhost' || isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0;
}
