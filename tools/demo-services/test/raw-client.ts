import { connect, type Socket } from 'node:net';
import { headersOf, type As } from './caller.ts';

/** An answer as received by the socket, not interpreted by an HTTP library. */
export interface RawReply {
  readonly head: string;
  readonly body: Buffer;
  /** The chunks as they arrived. */
  readonly chunks: readonly Buffer[];
  /** How it ended: `end` (FIN) or the code of the error. */
  readonly end: string;
}

/** Sends a GET over a new connection, and collects everything until the service closes it. */
export function rawGet(
  { name, port }: { readonly name: string; readonly port: number },
  path: string,
  as: As = {},
): { readonly socket: Socket; readonly reply: Promise<RawReply> } {
  const socket = connect(port, '127.0.0.1');
  const headers = Object.entries({ Host: 'demo', Connection: 'close', ...headersOf(name, as) });
  socket.write(`GET ${path} HTTP/1.1\r\n${headers.map((header) => header.join(': ')).join('\r\n')}\r\n\r\n`);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  const reply = new Promise<RawReply>((resolve) => {
    const settle = (end: string): void => {
      const bytes = Buffer.concat(chunks);
      const split = bytes.indexOf('\r\n\r\n');
      const head = bytes.subarray(0, Math.max(split, 0)).toString();
      resolve({ head, body: bytes.subarray(split + 4), chunks, end });
    };
    socket.once('end', () => settle('end'));
    socket.once('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message));
  });
  return { socket, reply };
}
