import type { IncomingMessage } from 'node:http';

/** The target of a request (RFC 9112, section 3.2). */
export interface RequestTarget {
  /** Host and port of a target in absolute form; they replace the `Host` field (section 3.2.2). */
  readonly authority?: string;
  /** Path with its query, as it was sent. */
  readonly path: string;
}

const absoluteForm = /^https?:\/\/([^/?#]*)(.*)$/is;

export function requestTarget(request: IncomingMessage & { readonly originalUrl?: string }): RequestTarget {
  const target = request.originalUrl ?? request.url ?? '/';
  const [, authority, path = ''] = absoluteForm.exec(target) ?? [];
  if (authority === undefined) return { path: target };
  return { authority, path: path.startsWith('/') ? path : `/${path}` };
}
