import type { Response } from 'express';

/** Redirects to a validated URL without changing it. `response.redirect` would encode it and add a body. */
export function redirect(response: Response, address: string): void {
  response.writeHead(302, { Location: address, 'Content-Length': 0 }).end();
}
