import { constants } from 'node:zlib';
import compression from 'compression';
import { type RequestHandler } from 'express';
import { forbidsTransform } from '../answer-headers.ts';

/**
 * `compression` for documents and assets: bodies above 1 KB that are streamed, or whose tag is weak. It leaves the
 * sender's answers alone: those are coded already, or have a strong ETag, which must not stand over other bytes than
 * those it was made for (RFC 9110, section 8.8.1).
 */
export function documentCompression(): RequestHandler {
  return compression({
    threshold: '1kb',
    brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } },
    filter(request, response) {
      const tag = response.getHeader('ETag');
      if (typeof tag === 'string' && tag.startsWith('"')) return false;
      return !forbidsTransform(request.headers['cache-control']) && compression.filter(request, response);
    },
  });
}
