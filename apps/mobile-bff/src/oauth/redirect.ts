import type { Request, Response } from 'express';

/**
 * Redirects to the exact URL: Express would re-encode a registered redirect URI. Answers 303 to a form, so
 * that the browser does not repeat the POST at the target (RFC 9700, section 4.12).
 */
export function redirect({ method }: Request, response: Response, location: string): void {
  response.writeHead(method === 'POST' ? 303 : 302, { Location: location }).end();
}
