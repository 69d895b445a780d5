import type { Redis } from 'ioredis';
import type { RedisAddress } from './redis-address.ts';
import { connectToServer, pauseBefore } from './redis-connection.ts';
import type { Listening } from './state-store.ts';

/**
 * Hears what is published, on a connection of its own that exists from the first listener on. In a cluster every node hears
 * all, so one node is enough. A connection that ended is followed by a new one, and that is a gap: nobody can say what was
 * published meanwhile.
 */
export class RedisListener {
  readonly #address: RedisAddress;
  readonly #heard = new Map<string, ((text: string) => void)[]>();
  readonly #listening: { unbroken: number | undefined } = { unbroken: undefined };
  #connection: Redis | undefined;
  #stretches = 0;
  #attempt = 0;
  #closed = false;

  constructor(address: RedisAddress) {
    this.#address = address;
  }

  listen(channel: string, heard: (text: string) => void): Listening {
    const others = this.#heard.get(channel);
    this.#heard.set(channel, [...(others ?? []), heard]);
    if (!this.#connection) this.#connection = this.#connect();
    else if (!others) {
      // The next connection subscribes to this one as well.
      this.#listening.unbroken = undefined;
      this.#connection.disconnect();
    }
    return this.#listening;
  }

  close(): void {
    this.#closed = true;
    this.#listening.unbroken = undefined;
    this.#connection?.disconnect();
  }

  #connect(): Redis {
    const connection = connectToServer(
      this.#address,
      { connectTimeout: 2_000, retryStrategy: () => null, maxRetriesPerRequest: 0 },
      this.#attempt,
    );
    const gap = (): void => void (this.#listening.unbroken = undefined);
    // The store's own connection tells of the same trouble.
    connection.on('error', () => undefined);
    connection.on('message', (channel: string, text: string) =>
      this.#heard.get(channel)?.forEach((heard) => heard(text)),
    );
    connection.on('ready', () => {
      connection.subscribe(...this.#heard.keys()).then(
        () => {
          this.#attempt = 0;
          this.#listening.unbroken = ++this.#stretches;
        },
        () => connection.disconnect(),
      );
    });
    connection.on('close', gap);
    connection.on('end', () => {
      gap();
      if (this.#closed) return;
      setTimeout(() => {
        if (!this.#closed) this.#connection = this.#connect();
      }, pauseBefore(++this.#attempt)).unref();
    });
    return connection;
  }
}
