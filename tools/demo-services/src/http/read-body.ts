import type { IncomingMessage } from 'node:http';
import { Problem } from '@bff/service-kit';

/** Also bounds the depth of what is parsed and merged. */
const maxBytes = 16_384;

/** @throws {Problem} 413 */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // The rest is read and dropped: leaving the loop would destroy the socket, and the 413 with it.
    if (size <= maxBytes) chunks.push(chunk);
  }
  if (size > maxBytes) throw new Problem('content-too-large');
  return Buffer.concat(chunks);
}
