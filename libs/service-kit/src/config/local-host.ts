import { isIP } from 'node:net';

/**
 * Whether a `Host` is one that no foreign page can have: an IP address, or `localhost`. A page of an attacker whose name
 * was made to lead to this machine (DNS rebinding) is of the same origin as what it reads here, and its name is in `Host`.
 */
export function isLocalHost(host = ''): boolean {
  const name = host.replace(/:\d*$/, '').toLowerCase();
  return name === 'localhost' || isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0;
}
