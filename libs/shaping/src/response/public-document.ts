import type { RequestHandler } from 'express';
import { forbidsTransform } from './answer-headers.ts';
import { codingThreshold } from './coding/answer-coding.ts';
import { encode } from './coding/content-coding.ts';
import { acceptableCodings, type ContentCoding } from './coding/negotiate-coding.ts';
import { publicValidator } from './public-validator.ts';
import { endWith } from './send-content.ts';

/**
 * Serves a document that is the same for all clients while the process runs. Encodes it once per content
 * coding, a large document on the thread pool: encoding 1.7 MB takes half a second of CPU, too much for each
 * request. HEAD has the header fields of GET.
 */
export function publicDocument(
  contentType: string,
  content: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): RequestHandler {
  const bytes = Buffer.from(content);
  const isCurrent = publicValidator(bytes);
  const bodies = new Map<ContentCoding, Buffer | Promise<Buffer>>([['identity', bytes]]);
  const bodyIn = (coding: ContentCoding): Buffer | Promise<Buffer> => {
    const body = bodies.get(coding) ?? encode(bytes, coding as Exclude<ContentCoding, 'identity'>);
    bodies.set(coding, body);
    return body;
  };

  return async function sendDocument(request, response) {
    const isKnown = isCurrent(request, response);
    response.vary('Accept-Encoding');
    // Readable for pages of every origin, such as a developer portal (F51).
    response.set({
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      ...headers,
    });
    // RFC 9110, section 15.4.5: a 304 has no fields that describe content (F63).
    if (isKnown) return void response.status(304).end();
    const isPlain = bytes.length <= codingThreshold || forbidsTransform(request.headers['cache-control']);
    const [accepted = 'identity'] = acceptableCodings(request.headers['accept-encoding']);
    const coding = isPlain ? 'identity' : accepted;
    response.setHeader('Content-Type', contentType);
    endWith(request, response, 200, coding, await bodyIn(coding));
  };
}
