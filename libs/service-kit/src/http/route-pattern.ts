import type { IncomingMessage } from 'node:http';

const unrouted = 'none';
const patterns = new WeakMap<object, string>();
/** Of an address in absolute form (RFC 9112, section 3.2.2) too: the route is kept, and its client must not name it. */
const addressPath = /^(?:[a-z][a-z\d+.-]*:\/\/[^/?#]*)?([^?#]*)/i;

/**
 * The route that took a request, as the routes spell it: `/api/things/:id`; `none` when no route did. There are as many
 * values as there are routes, whatever clients ask for.
 */
export function routePattern(request: IncomingMessage): string {
  const { route, originalUrl = '' } = request as IncomingMessage & { route?: unknown; originalUrl?: string };
  if (typeof route !== 'object' || route === null) return unrouted;
  const known = patterns.get(route);
  if (known !== undefined) return known;
  const { path } = route as { readonly path?: unknown };
  if (typeof path !== 'string') return unrouted;
  // Express forgets where a router was mounted once an error has left it; the address still knows.
  const segments = (addressPath.exec(originalUrl)?.[1] ?? '').split('/').filter(Boolean);
  const mount = segments.slice(0, Math.max(0, segments.length - path.split('/').filter(Boolean).length));
  const pattern = [...mount.map((segment) => `/${segment.toLowerCase()}`), path].join('');
  patterns.set(route, pattern);
  return pattern;
}
