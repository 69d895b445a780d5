import type { IncomingMessage } from 'node:http';

/** The path of a request without its query, which may hold a secret. Two slashes in front would name another host. */
export function instanceOf(request: IncomingMessage & { readonly originalUrl?: string }): string {
  const target = request.originalUrl ?? request.url ?? '/';
  const [path = ''] = target.replace(/^https?:\/\/[^/?]*/i, '').split('?', 1);
  return path.replace(/^\/*/, '/');
}
