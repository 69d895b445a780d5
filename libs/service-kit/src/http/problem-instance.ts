import type { IncomingMessage } from 'node:http';
import { requestTarget } from './request-target.ts';

/**
 * Returns the path of a request without its query, which may contain a secret. Collapses leading slashes:
 * `//x` would be a reference to the host `x`.
 */
export function instanceOf(request: IncomingMessage & { readonly originalUrl?: string }): string {
  const [path = ''] = requestTarget(request).path.split('?', 1);
  return path.replace(/^\/*/, '/');
}
