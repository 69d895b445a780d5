import type { Socket } from 'node:net';
import { promisify } from 'node:util';
import { buildConnector, Client, type Dispatcher } from 'undici';

const connect = buildConnector({});
const connected = promisify(connect);

/** Connections that {@link Connections.open} opens at the same time. */
const openedAtOnce = 64;

/** Called once per request. When no answer arrived, the status is 0 and the error is given. */
export type Ended = (status: number, error?: Error) => void;

/**
 * Connections to one server, each with one request at a time, used round robin. Must cost little CPU time,
 * because a load generator that costs more than the server measures itself. Therefore uses no promises, no
 * streams, and not undici's Pool, which searches all clients for a free one.
 */
export class Connections {
  readonly #origin: string;
  readonly #most: number;
  readonly #idle: Client[] = [];
  readonly #all: Client[] = [];
  readonly #opened: Socket[] = [];

  constructor(origin: string, most: number) {
    this.#origin = origin;
    this.#most = most;
  }

  /**
   * Opens connections a few at a time, so that none overflows the accept queue of the server, and waits until
   * the server has accepted all of them: until it answers a request on the last one.
   */
  async open(count: number, request: Dispatcher.DispatchOptions): Promise<void> {
    const { hostname, port, protocol } = new URL(this.#origin);
    while (this.#all.length < count) {
      const batch = Math.min(openedAtOnce, count - this.#all.length);
      const sockets = Array.from({ length: batch }, () => connected({ hostname, port, protocol }));
      for (const socket of await Promise.all(sockets))
        if (socket) {
          this.#opened.push(socket);
          this.#idle.push(this.#another(socket));
        }
    }
    const last = this.#idle.pop();
    if (last) await new Promise<void>((accepted) => this.#send(last, request, () => accepted()));
  }

  /** @throws {Error} when every connection waits for an answer */
  ask(request: Dispatcher.DispatchOptions, ended: Ended): void {
    this.#send(this.#idle.shift() ?? this.#another(), request, ended);
  }

  #send(client: Client, request: Dispatcher.DispatchOptions, ended: Ended): void {
    let status = 0;
    const done: Ended = (code, error) => {
      this.#idle.push(client);
      ended(code, error);
    };
    client.dispatch(request, {
      onRequestStart: () => undefined,
      onResponseStart: (_, code) => void (status = code),
      onResponseData: () => undefined,
      onResponseEnd: () => done(status),
      onResponseError: (_, error) => done(0, error),
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.map((client) => client.destroy()));
    for (const socket of this.#opened) socket.destroy();
  }

  #another(socket?: Socket): Client {
    if (this.#all.length >= this.#most)
      throw new Error(
        `connections exhausted: ${this.#most} requests are unanswered, so the next one would not reach the server on schedule`,
      );
    const client = new Client(this.#origin, socket && { connect: connectOnceBy(socket) });
    this.#all.push(client);
    return client;
  }
}

/** Returns a connector that uses an open socket first, and connects anew after the server has closed it. */
function connectOnceBy(socket: Socket): buildConnector.connector {
  let opened: Socket | undefined = socket;
  return (options, callback) => {
    const given = opened;
    opened = undefined;
    if (!given) connect(options, callback);
    // undici sends the request only if it is connected later than it asked for it.
    else queueMicrotask(() => callback(null, given));
  };
}
