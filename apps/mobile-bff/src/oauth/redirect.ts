import type { Request, Response } from 'express';

/**
 * Byte for byte: Express would re-encode an address that a client registered. After a form 303, so that no browser
 * sends the form on (RFC 9700, section 4.12).
 */
export function redirect({ method }: Request, response: Response, location: string): void {
  response.writeHead(method === 'POST' ? 303 : 302, { Location: location }).end();
}
