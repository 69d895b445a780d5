import { type RequestHandler } from 'express';
import { publicValidator } from './public-validator.ts';

/** A text that is the same for everybody and as long as the process runs. `documentCompression` codes it. */
export function publicDocument(
  contentType: string,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): RequestHandler {
  const isCurrent = publicValidator(text);
  return function sendDocument(request, response) {
    const isKnown = isCurrent(request, response);
    // For everybody, so for pages of any origin: a developer portal reads it (F51).
    response.set({
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      ...headers,
    });
    if (isKnown) response.status(304).end();
    // RFC 9110, section 15.4.5: a 304 does not describe content that it does not have (F63).
    else response.set('Content-Type', contentType).end(text);
  };
}
