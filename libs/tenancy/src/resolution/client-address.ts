import type { IncomingMessage } from 'node:http';
import type { TrustedProxies } from './trusted-proxies.ts';

/**
 * Returns a function that finds the client's address: the rightmost address of `X-Forwarded-For` that is not
 * a trusted proxy, or that of the connection. Addresses that the client forged are further left and are
 * ignored.
 */
export function clientAddress(proxies: TrustedProxies): (request: IncomingMessage) => string | undefined {
  return function addressOf({ socket: { remoteAddress }, headers }) {
    const forwarded = headers['x-forwarded-for'];
    if (forwarded === undefined || !proxies.has(remoteAddress)) return remoteAddress;
    const hops = String(forwarded)
      .split(',')
      .map((each) => each.trim());
    return hops.findLast((hop) => !proxies.has(hop)) ?? remoteAddress;
  };
}
