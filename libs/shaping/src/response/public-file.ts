import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type RequestHandler } from 'express';
import { forbidsTransform } from './answer-headers.ts';
import { encode } from './coding/content-coding.ts';
import { acceptableCodings, type ContentCoding } from './coding/negotiate-coding.ts';
import { publicValidator } from './public-validator.ts';

/**
 * A file that is the same for everybody and as long as the process runs, such as the script of a page. It is coded once per
 * coding, on the thread pool: half a second of CPU for 1.7 MB must not be spent on every request.
 *
 * @throws {Error} when it cannot be read
 */
export function publicFile(contentType: string, file: string): RequestHandler {
  const isCurrent = publicValidator(readFileSync(file));
  const bodies = new Map<ContentCoding, Promise<Buffer>>();
  const bodyIn = (coding: ContentCoding): Promise<Buffer> => {
    const known = bodies.get(coding);
    if (known) return known;
    const body = readFile(file).then((content) => (coding === 'identity' ? content : encode(content, coding)));
    bodies.set(coding, body);
    body.catch(() => bodies.delete(coding));
    return body;
  };

  return async function sendFile(request, response) {
    const [accepted = 'identity'] = acceptableCodings(request.get('Accept-Encoding'));
    const coding = forbidsTransform(request.get('Cache-Control')) ? 'identity' : accepted;
    const isKnown = isCurrent(request, response);
    response.set('Vary', 'Accept-Encoding');
    if (isKnown) return void response.status(304).end();
    const body = await bodyIn(coding);
    response.set('Content-Type', contentType);
    if (coding !== 'identity') response.set('Content-Encoding', coding);
    response.set('Content-Length', String(body.length)).end(body);
  };
} // prettier-ignore
