import type { Response } from 'express';

/** Redirects to the exact URL, which was validated: Express would rewrite it, and repeat it in a body. */
export function redirect(response: Response, address: string): void {
  response.writeHead(302, { Location: address, 'Content-Length': 0 }).end();
}
