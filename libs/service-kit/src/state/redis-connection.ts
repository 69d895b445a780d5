import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { RedisAddress } from './redis-address.ts';

/** Returns the milliseconds before a reconnect. @param attempt counts from 1 */
export const pauseBefore = (attempt: number): number => Math.min(50 * 2 ** Math.min(attempt, 6), 1_000);

/** Creates the client for the keys of an address. */
export function connect(address: RedisAddress, options: RedisOptions): Redis | Cluster {
  return address.kind === 'cluster'
    ? new Cluster([...address.urls], {
        // Nodes that the cluster announces get the same TLS options as those of the address.
        redisOptions: withTls(address, options),
        enableOfflineQueue: false,
        clusterRetryStrategy: (attempt) => Math.min(100 * attempt, 1_000),
      })
    : connectToServer(address, options);
}

/**
 * Creates one connection: to the server, to the master that the sentinels name, or to one node of a cluster,
 * a different one at each attempt.
 */
export function connectToServer(address: RedisAddress, options: RedisOptions, attempt = 0): Redis {
  switch (address.kind) {
    case 'single':
      return new Redis(address.url, withTls(address, options));
    case 'cluster':
      return new Redis(address.urls[attempt % address.urls.length] as string, withTls(address, options));
    case 'sentinel': {
      const { sentinels, name, username, password, db, tls } = address;
      return new Redis({
        ...withTls(address, options),
        sentinels: [...sentinels],
        name,
        username,
        password,
        db,
        ...(tls && { enableTLSForSentinelMode: true, sentinelTLS: { ...tls } }),
        sentinelRetryStrategy: pauseBefore,
        // Sentinels report a failover before the connection to the old master is known to be dead.
        failoverDetector: true,
      });
    }
  }
}

const withTls = ({ tls }: RedisAddress, options: RedisOptions): RedisOptions =>
  tls ? { ...options, tls: { ...tls } } : options;
