import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { RedisAddress } from './redis-address.ts';

/** Milliseconds before a connection is tried again. @param attempt counts from 1 */
export const pauseBefore = (attempt: number): number => Math.min(50 * 2 ** Math.min(attempt, 6), 1_000);

/** A client for the keys of this address. */
export function connect(address: RedisAddress, options: RedisOptions): Redis | Cluster {
  return address.kind === 'cluster'
    ? new Cluster([...address.urls], {
        // Nodes that the cluster names are reached as those of the address are.
        redisOptions: withTls(address, options),
        enableOfflineQueue: false,
        clusterRetryStrategy: (attempt) => Math.min(100 * attempt, 1_000),
      })
    : connectToServer(address, options);
}

/** One connection: to the server, to the master, or to one node of a cluster, another with each attempt. */
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
        // Sentinels tell of a failover before the old master's connection is known to be dead.
        failoverDetector: true,
      });
    }
  }
}

const withTls = ({ tls }: RedisAddress, options: RedisOptions): RedisOptions =>
  tls ? { ...options, tls: { ...tls } } : options;
