import { Agent, request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { duplexPair, type Duplex } from 'node:stream';

/** Adds to a stream the members of a socket that Node's HTTP code uses. */
function asSocket(stream: Duplex): Socket {
  const same = (): Duplex => stream;
  return Object.assign(stream, {
    ref: same,
    unref: same,
    setKeepAlive: same,
    setNoDelay: same,
    setTimeout: same,
    remoteAddress: '127.0.0.1',
  }) as unknown as Socket;
}

/** Connects to a server by a stream in memory, without a port. Returns the client's end of the stream. */
export function connectInMemory(server: Server): Socket {
  const [client, accepted] = duplexPair();
  server.emit('connection', asSocket(accepted));
  return asSocket(client);
}

export interface InMemoryRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

export interface InMemoryAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

export interface InMemoryClient {
  /** Resolves when the response is complete. */
  send(request: InMemoryRequest): Promise<InMemoryAnswer>;
  close(): void;
}

/** Creates a client that sends requests to a server over one keep-alive connection in memory. */
export function createInMemoryClient(server: Server): InMemoryClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  agent.createConnection = () => connectInMemory(server);
  return {
    send: ({ method = 'GET', path, headers = {}, body }) =>
      new Promise((resolve, reject) => {
        const length = body === undefined ? undefined : { 'Content-Length': Buffer.byteLength(body) };
        httpRequest({ agent, method, path, headers: { Host: 'localhost', ...headers, ...length } })
          .once('response', (response) => {
            const { statusCode: status = 0, headers: fields } = response;
            response.resume().once('end', () => resolve({ status, headers: fields }));
            response.once('error', reject);
          })
          .once('error', reject)
          .end(body);
      }),
    close: () => agent.destroy(),
  };
}
