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
    response.set({ 'Content-Type': contentType, ...headers });
    if (isKnown) response.status(304).end();
    else response.end(text);
  };
}
