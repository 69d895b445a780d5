import type { IncomingMessage } from 'node:http';
import { Problem } from '@bff/service-kit';

/** Limits the size, which also bounds the nesting depth of the parsed JSON. */
const maxBytes = 16_384;

/** Reads the complete body. @throws {Problem} 413 */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Reads and discards the rest: leaving the loop would destroy the socket before the 413 is sent.
    if (size <= maxBytes) chunks.push(chunk);
  }
  if (size > maxBytes) throw new Problem('content-too-large');
  return Buffer.concat(chunks);
}
