import { Client, Pool, type Dispatcher } from 'undici';

type Handler = Dispatcher.DispatchHandler;
type Options = Pool.Options;

/** One connection of a pool, which lets a handler know what carries it. */
export class Connection extends Client {
  /** What fails without a byte on a connection that has answered before may be the connection's fault alone (F13). */
  hasAnswered = false;

  constructor(origin: string | URL, options: object) {
    super(origin, options);
    this.on('disconnect', () => (this.hasAnswered = false));
  }

  override dispatch(
    options: Dispatcher.DispatchOptions,
    handler: Handler & { connection?: Connection },
  ): boolean {
    handler.connection = this;
    return super.dispatch(options, handler);
  }
}

/** How often a whole pool may be given up, in milliseconds. */
const pauseMs = 5_000;

/** The kept-alive connections to one upstream, and new ones for calls that met a dead one. */
export class Connections {
  readonly #open: () => Pool;
  readonly #closing = new Set<Promise<void>>();
  #pool: Pool;
  /** Every request of it is sent on a connection of its own. */
  #fresh: Pool | undefined;
  #distrustedAt = -Infinity;

  constructor(origin: string, options: Options) {
    this.#open = () => new Pool(origin, { ...options, factory: (url, each) => new Connection(url, each) });
    this.#pool = this.#open();
  }

  /** Returns what it was sent on, for {@link distrust}. */
  dispatch(request: Dispatcher.DispatchOptions, handler: Handler): Pool {
    const pool = this.#pool;
    pool.dispatch(request, handler);
    return pool;
  }

  dispatchFresh(request: Dispatcher.DispatchOptions, handler: Handler): void {
    this.#fresh ??= this.#open();
    this.#fresh.dispatch({ ...request, reset: true }, handler);
  }

  /** A connection of the pool is dead without a word, so the others may be: later calls open new ones. */
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
