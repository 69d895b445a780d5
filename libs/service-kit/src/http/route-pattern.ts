import type { IncomingMessage } from 'node:http';

const unrouted = 'none';
const patterns = new WeakMap<object, string>();
/**
 * Matches the path, also of a target in absolute form (RFC 9112, section 3.2.2), without the scheme and host
 * that the client chose.
 */
const addressPath = /^(?:[a-z][a-z\d+.-]*:\/\/[^/?#]*)?([^?#]*)/i;

/**
 * Returns the route that handled a request, as it was registered: `/api/things/:id`; `none` if there was
 * none. Used as a metric label: clients cannot add values.
 */
export function routePattern(request: IncomingMessage): string {
  const { route, originalUrl = '' } = request as IncomingMessage & { route?: unknown; originalUrl?: string };
  if (typeof route !== 'object' || route === null) return unrouted;
  const known = patterns.get(route);
  if (known !== undefined) return known;
  const { path } = route as { readonly path?: unknown };
  if (typeof path !== 'string') return unrouted;
  // Express resets the mount path once an error has left a router, so it is taken from the address.
  const segments = (addressPath.exec(originalUrl)?.[1] ?? '').split('/').filter(Boolean);
  const mount = segments.slice(0, Math.max(0, segments.length - path.split('/').filter(Boolean).length));
  const pattern = [...mount.map((segment) => `/${segment.toLowerCase()}`), path].join('');
  patterns.set(route, pattern);
  return pattern;
}
