import { createHash, type BinaryLike } from 'node:crypto';
import type { Request, Response } from 'express';
import { parseEntityTags } from './validators/entity-tag.ts';

/** Sets `ETag` and `Cache-Control` for public content; returns whether the client already has the content. */
export function publicValidator(content: BinaryLike): (request: Request, response: Response) => boolean {
  const opaque = createHash('sha256').update(content).digest('base64url').slice(0, 27);
  return (request, response) => {
    response.set({
      // Weak, because it covers every coding of the content (RFC 9110, section 8.8.1).
      ETag: `W/"${opaque}"`,
      'Cache-Control': 'public, max-age=300',
    });
    const known = parseEntityTags(request.headers['if-none-match'] ?? '');
    return known === '*' || known.some((tag) => tag.opaque === opaque);
  };
}
