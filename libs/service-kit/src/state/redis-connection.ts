import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { RedisAddress } from './redis-address.ts';

/** Milliseconds before a connection is tried again. @param attempt counts from 1 */
export const pauseBefore = (attempt: number): number => Math.min(50 * 2 ** Math.min(attempt, 6), 1_000);

/** A client for the keys of this address. */
export function connect(address: RedisAddress, options: RedisOptions): Redis | Cluster {
  return address.kind === 'cluster'
    ? new Cluster([...address.urls], {
        redisOptions: options,
        enableOfflineQueue: false,
        clusterRetryStrategy: (attempt) => Math.min(100 * attempt, 1_000),
      })
    : connectToServer(address, options);
}

/** One connection: to the server, to the master, or to one node of a cluster, another with each attempt. */
export function connectToServer(address: RedisAddress, options: RedisOptions, attempt = 0): Redis {
  switch (address.kind) {
    case 'single':
      return new Redis(address.url, options);
    case 'cluster':
      return new Redis(address.urls[attempt % address.urls.length] as string, options);
    case 'sentinel': {
      const { sentinels, name, username, password, db, tls } = address;
      return new Redis({
        ...options,
        sentinels: [...sentinels],
        name,
        username,
        password,
        db,
        ...(tls && { tls: {}, enableTLSForSentinelMode: true, sentinelTLS: {} }),
        sentinelRetryStrategy: pauseBefore,
        // Sentinels tell of a failover before the old master's connection is known to be dead.
        failoverDetector: true,
      });
    }
  }
}
