import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server as TcpServer,
  type Socket,
} from 'node:net';

/** A server on a real socket for one test. */
export interface Upstream {
  readonly address: string;
  /** Connections accepted so far. */
  readonly connections: () => number;
  /** Connections open now. */
  readonly open: () => number;
  /** Bytes handed to the sockets so far. */
  readonly bytesSent: () => number;
  /** Resolves when no connection is open. */
  readonly idle: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Speaks valid HTTP; `answer` sends each answer. */
export function httpUpstream(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Upstream> {
  return listening(createServer(answer));
}

/** Calls `speak` once per request, to answer with raw bytes. */
export function tcpUpstream(speak: (socket: Socket) => void): Promise<Upstream> {
  return listening(
    createTcpServer((socket) => {
      socket.on('data', (bytes) => {
        if (bytes.includes('\r\n\r\n')) speak(socket);
      });
    }),
  );
}

export async function listening(server: Server | TcpServer): Promise<Upstream> {
  const sockets = new Set<Socket>();
  let connections = 0;
  let sentByClosed = 0;
  server.on('connection', (socket: Socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      sentByClosed += socket.bytesWritten;
      sockets.delete(socket);
      if (sockets.size === 0) server.emit('idle');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: () => connections,
    open: () => sockets.size,
    bytesSent: () => [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, sentByClosed),
    idle: async () => {
      if (sockets.size > 0) await once(server, 'idle');
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

export function sendJson(
  response: ServerResponse,
  value: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(200, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify(value));
}
