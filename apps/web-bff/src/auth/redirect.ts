import type { Response } from 'express';

/** Redirects to a validated URL as it is: `response.redirect` would encode it and repeat it in a body. */
export function redirect(response: Response, address: string): void {
  response.writeHead(302, { Location: address, 'Content-Length': 0 }).end();
}
