import { once } from 'node:events';
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Exchange {
  readonly path: string;
  /** Header names and values alternate, as received. */
  readonly rawHeaders: readonly string[];
  readonly body: string;
  /** Body of the response; empty without a target. */
  readonly answer: string;
}

/** A server that records the requests that it receives. */
export interface Recorder {
  readonly url: string;
  readonly exchanges: Exchange[];
  close(): Promise<void>;
}

/**
 * Starts a recorder.
 * @param target returns the URL to which all requests are forwarded unchanged, including `Host`, because the
 *   server there builds URLs from it. Without it every answer is a 200 with an empty body
 */
export async function startRecorder(target: () => string | undefined = () => undefined): Promise<Recorder> {
  const exchanges: Exchange[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const { url: path = '', method, headers, rawHeaders } = request;
    const to = target();
    if (to === undefined) {
      exchanges.push({ path, rawHeaders, body, answer: '' });
      return void response.end();
    }
    const handedOn = send(to + path, { method, headers }).end(body);
    const [from] = (await once(handedOn, 'response')) as [IncomingMessage];
    const answered = await text(from);
    exchanges.push({ path, rawHeaders, body, answer: answered });
    response.writeHead(from.statusCode ?? 502, from.headers).end(answered);
  }

  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
