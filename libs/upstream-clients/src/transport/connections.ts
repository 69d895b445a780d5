import type { Socket } from 'node:net';
import { Client, Pool, type buildConnector, type Dispatcher } from 'undici';
import { InterimFilter } from './interim-filter.ts';

type Handler = Dispatcher.DispatchHandler;
type Options = Pool.Options;

/** A connection of a pool. It sets itself as the `connection` of each handler whose request it carries. */
export class Connection extends Client {
  /**
   * Whether this connection has carried an answer. If it then fails before the first byte of the next answer,
   * a healthy upstream may have closed it while it was idle (F13).
   */
  hasAnswered = false;

  readonly #interim: InterimFilter;

  /**
   * Creates a connection.
   * @param options the options of the pool, which has replaced `connect` by a function
   */
  constructor(origin: string | URL, { connect, ...options }: { readonly connect: buildConnector.connector }) {
    const interim = new InterimFilter();
    super(origin, {
      ...options,
      connect(target, done) {
        connect(target, (...[error, socket]: buildConnector.CallbackArgs) => {
          if (socket) skipInterim(socket, interim);
          (done as (...args: unknown[]) => void)(error, socket);
        });
      },
    });
    this.#interim = interim;
    this.on('disconnect', () => (this.hasAnswered = false));
  }

  override dispatch(
    options: Dispatcher.DispatchOptions,
    handler: Handler & { connection?: Connection },
  ): boolean {
    handler.connection = this;
    this.#interim.expectHead();
    return super.dispatch(options, handler);
  }
}

function skipInterim(socket: Socket, interim: InterimFilter): void {
  const read = socket.read.bind(socket) as (size?: number) => Buffer | null;
  socket.read = (size?: number) => interim.pass(read(size));
}

/** Milliseconds between two replacements of a pool. */
const pauseMs = 5_000;

/**
 * The kept-alive connections to one upstream, and new ones for calls whose kept-alive connection was dead.
 */
export class Connections {
  readonly #open: () => Pool;
  readonly #closing = new Set<Promise<void>>();
  #pool: Pool;
  /** Opens a new connection for every request. */
  #fresh: Pool | undefined;
  #distrustedAt = -Infinity;

  constructor(origin: string, options: Options) {
    this.#open = () =>
      new Pool(origin, { ...options, factory: (url, each) => new Connection(url, each as never) });
    this.#pool = this.#open();
  }

  /** Returns the pool that the request was sent on, for {@link distrust}. */
  dispatch(request: Dispatcher.DispatchOptions, handler: Handler): Pool {
    const pool = this.#pool;
    pool.dispatch(request, handler);
    return pool;
  }

  dispatchFresh(request: Dispatcher.DispatchOptions, handler: Handler): void {
    this.#fresh ??= this.#open();
    this.#fresh.dispatch({ ...request, reset: true }, handler);
  }

  /**
   * Replaces the pool after one of its connections was silently dead: the others may be dead too. Later calls
   * open new ones.
   */
  distrust(pool: Pool): void {
    const now = performance.now();
    if (pool !== this.#pool || now - this.#distrustedAt < pauseMs) return;
    this.#distrustedAt = now;
    this.#pool = this.#open();
    const closed = pool.close().finally(() => this.#closing.delete(closed));
    this.#closing.add(closed);
  }

  async close(): Promise<void> {
    await Promise.all([this.#pool.close(), this.#fresh?.close(), ...this.#closing]);
  }
}
