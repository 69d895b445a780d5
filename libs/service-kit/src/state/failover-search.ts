import type { Redis } from 'ioredis';
import type { RedisAddress } from './redis-address.ts';
import { connectToServer } from './redis-connection.ts';

/** Between two looks for the new master, in milliseconds. */
const everyMs = 1_000;

/**
 * After a failover the connection may still be to the old master, which is a replica by now. Looks for a master on a
 * connection of its own, so that reading goes on meanwhile: there may be nothing but the replica.
 */
export class FailoverSearch {
  readonly #address: RedisAddress;
  readonly #found: () => void;
  #connection: Redis | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param found the address leads to a master again */
  constructor(address: RedisAddress, found: () => void) {
    this.#address = address;
    this.#found = found;
  }

  /** Looks once; the next refused write looks again. */
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
