import type { Response } from 'express';

/** Without Express' body, which repeats the address, and without its rewriting: the address was checked as it stands. */
export function redirect(response: Response, address: string): void {
  response.writeHead(302, { Location: address, 'Content-Length': 0 }).end();
}
