import type { IncomingMessage } from 'node:http';

const limitBytes = 16_384;

/** Returns the complete body; undefined when it is longer than 16 KiB. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  // Always reads to the end: a body left in the socket would block the next request of the connection.
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= limitBytes) chunks.push(chunk);
  }
  return length <= limitBytes ? Buffer.concat(chunks).toString('utf8') : undefined;
}
