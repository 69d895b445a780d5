import type { Redis } from 'ioredis';
import type { RedisAddress } from './redis-address.ts';
import { connectToServer } from './redis-connection.ts';

/** Interval between attempts to find the new master, in milliseconds. */
const everyMs = 1_000;

/**
 * Finds the new master after a failover, while the connection may still lead to the old master, which became
 * a replica. Uses a second connection, so that reads continue: that replica may be the only server left.
 */
export class FailoverSearch {
  readonly #address: RedisAddress;
  readonly #found: () => void;
  #connection: Redis | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param found called when the address leads to a master again */
  constructor(address: RedisAddress, found: () => void) {
    this.#address = address;
    this.#found = found;
  }

  /** Looks for the master once; the next write that is refused starts another attempt. */
  start(): void {
    if (this.#connection || this.#timer || this.#address.kind === 'cluster') return;
    const connection = connectToServer(this.#address, {
      connectTimeout: 2_000,
      commandTimeout: 1_000,
      retryStrategy: () => null,
      maxRetriesPerRequest: 0,
    });
    this.#connection = connection;
    connection.on('error', () => undefined);
    connection
      .role()
      .then(([role]) => role === 'master' && this.#found())
      .catch(() => undefined)
      .finally(() => {
        connection.disconnect();
        this.#connection = undefined;
        this.#timer = setTimeout(() => (this.#timer = undefined), everyMs).unref();
      });
  }

  close(): void {
    this.#connection?.disconnect();
    clearTimeout(this.#timer);
  }
}
