import { createHash } from 'node:crypto';
import { type RequestHandler } from 'express';
import { parseEntityTags } from './validators/entity-tag.ts';

/** A text that is the same for everybody and as long as the process runs. `documentCompression` codes it. */
export function publicDocument(
  contentType: string,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): RequestHandler {
  const opaque = createHash('sha256').update(text).digest('base64url').slice(0, 27);
  return function sendDocument(request, response) {
    response.set({
      // Weak, because it stands over every coding of the text (RFC 9110, section 8.8.1).
      ETag: `W/"${opaque}"`,
      'Cache-Control': 'public, max-age=300',
      'Content-Type': contentType,
      ...headers,
    });
    const known = parseEntityTags(request.headers['if-none-match'] ?? '');
    if (known === '*' || known.some((tag) => tag.opaque === opaque)) response.status(304).end();
    else response.end(text);
  };
}
