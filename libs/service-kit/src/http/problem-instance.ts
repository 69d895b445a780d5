import type { IncomingMessage } from 'node:http';
import { requestTarget } from './request-target.ts';

/** The path of a request without its query, which may hold a secret. Two slashes in front would name another host. */
export function instanceOf(request: IncomingMessage & { readonly originalUrl?: string }): string {
  const [path = ''] = requestTarget(request).path.split('?', 1);
  return path.replace(/^\/*/, '/');
}
