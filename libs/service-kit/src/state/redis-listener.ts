import type { Redis } from 'ioredis';
import type { Logger } from '../telemetry/logger.ts';
import type { RedisAddress } from './redis-address.ts';
import { connectToServer, pauseBefore } from './redis-connection.ts';
import type { RedisRefusals } from './redis-refusals.ts';
import type { Listening } from './state-store.ts';

/**
 * Interval of pings and time-out of each, in milliseconds: a silent connection is detected within two
 * seconds.
 */
const pingEveryMs = 1_000;
const answerMs = 1_000;

/**
 * Receives published messages on a separate connection, opened for the first listener. In a cluster every
 * node receives all messages, so one node is enough. Each reconnect is a gap: messages published meanwhile
 * are lost.
 */
export class RedisListener {
  readonly #address: RedisAddress;
  readonly #handlers = new Map<string, ((text: string) => void)[]>();
  readonly #listening: { epoch: number | undefined } = { epoch: undefined };
  #connection: Redis | undefined;
  #stretches = 0;
  #attempt = 0;
  #closed = false;

  readonly #refusals: RedisRefusals;
  readonly #log: Logger;
  /** Whether the log already says that the connection is silent. */
  #isSilent = false;

  constructor(address: RedisAddress, refusals: RedisRefusals, log: Logger) {
    this.#address = address;
    this.#refusals = refusals;
    this.#log = log;
  }

  listen(channel: string, onMessage: (text: string) => void): Listening {
    const others = this.#handlers.get(channel);
    this.#handlers.set(channel, [...(others ?? []), onMessage]);
    if (!this.#connection) this.#connection = this.#connect();
    else if (!others && this.#connection.status === 'ready') {
      // Reconnects, because a new connection subscribes to all topics, including this one.
      this.#listening.epoch = undefined;
      this.#connection.disconnect();
    }
    return this.#listening;
  }

  close(): void {
    this.#closed = true;
    this.#listening.epoch = undefined;
    this.#connection?.disconnect();
  }

  #connect(): Redis {
    const connection = connectToServer(
      this.#address,
      { connectTimeout: 2_000, commandTimeout: answerMs, retryStrategy: () => null, maxRetriesPerRequest: 0 },
      this.#attempt,
    );
    const gap = (): void => void (this.#listening.epoch = undefined);
    // Not logged here, because the connection of the store logs the same errors.
    connection.on('error', () => undefined);
    connection.on('message', (channel: string, text: string) =>
      this.#handlers.get(channel)?.forEach((onMessage) => onMessage(text)),
    );
    connection.on('ready', () => {
      connection.subscribe(...this.#handlers.keys()).then(
        () => {
          this.#attempt = 0;
          this.#listening.epoch = ++this.#stretches;
          this.#refusals.worked('listen');
          if (this.#isSilent) this.#log.info('state store messages are received again');
          this.#isSilent = false;
          this.#ping(connection);
        },
        (error: unknown) => {
          this.#refusals.errorFor(error, 'listen', false);
          connection.disconnect();
        },
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

  /** Pings the connection regularly: TCP does not notice a peer or firewall that drops all packets. */
  #ping(connection: Redis): void {
    setTimeout(() => {
      if (this.#closed || this.#connection !== connection || connection.status !== 'ready') return;
      connection.ping().then(
        () => this.#ping(connection),
        () => {
          this.#listening.epoch = undefined;
          if (!this.#isSilent)
            this.#log.error('state store messages are missed: the subscription connection is silent');
          this.#isSilent = true;
          connection.disconnect();
        },
      );
    }, pingEveryMs).unref();
  }
}
