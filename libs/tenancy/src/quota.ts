import {
  createMemoryStore,
  stateKey,
  StateUnavailable,
  type Logger,
  type StateKey,
  type StateStore,
} from '@bff/service-kit';
import { quotaNames, type QuotaName, type QuotaPolicies, type QuotaPolicy } from './quota-policy.ts';
import { type Tenant } from './tenant.ts';

/** Where one client stands in one window, after this request. */
export interface QuotaStanding extends QuotaPolicy {
  readonly name: QuotaName;
  readonly remaining: number;
  /** Whole seconds until the window ends, rounded up. */
  readonly resetSeconds: number;
}

export interface QuotaVerdict {
  /** The quota that is used up; undefined: the request is admitted. */
  readonly exceeded: QuotaStanding | undefined;
  /** Those that were counted, the exceeded one included. */
  readonly standings: readonly QuotaStanding[];
  readonly policies: QuotaPolicies;
}

export interface Quotas {
  /** Counts one request of a client. Never rejects because the store is down. */
  admit(tenant: Pick<Tenant, 'id' | 'quotas'>, client: string): Promise<QuotaVerdict>;
}

export interface QuotaOptions {
  /** Shared by the replicas; while it is down, each counts for itself. */
  readonly store: StateStore;
  /** For tenants whose directory entry says nothing else. */
  readonly defaults: QuotaPolicies;
  readonly log: Logger;
  /** Epoch milliseconds. Default: the system's. */
  readonly now?: () => number;
}

/** Milliseconds for which a store that failed is not asked again: a request waits for its time-out once, not each time. */
const storePauseMs = 1_000;
/** A replica whose clock is behind must find the counter of the window that ended a moment ago for the others. */
const clockSkewMs = 5_000;
const localEntries = 100_000;
const spentEntries = 10_000;

/**
 * Fixed windows, aligned to the epoch, counted by one atomic increment per quota in the shared store: N replicas
 * together admit exactly the limit per window.
 */
export function createQuotas({ store, defaults, log, now = Date.now }: QuotaOptions): Quotas {
  const local = createMemoryStore({ maxEntries: localEntries, clock: now });
  /** Windows known to be used up, with the limit that was: a client far above it costs the store nothing. */
  const spent = new Map<StateKey, number>();
  let storeFrom = 0;

  async function sharedCount(key: StateKey, ttlMs: number): Promise<number | undefined> {
    if (now() < storeFrom) return undefined;
    try {
      return await store.increment(key, 1, ttlMs);
    } catch (error) {
      if (!(error instanceof StateUnavailable)) throw error;
      if (now() >= storeFrom) log.warn('quotas are counted by this process alone: the store does not answer');
      storeFrom = now() + storePauseMs;
      return undefined;
    }
  }

  /** Full, it admits: a limit that cannot be counted must not become an outage. */
  const localCount = (key: StateKey, ttlMs: number): Promise<number> =>
    local.increment(key, 1, ttlMs).catch(() => 1);

  async function stand(tenant: Pick<Tenant, 'id'>, client: string, name: QuotaName, policy: QuotaPolicy) {
    const { limit, windowSeconds } = policy;
    const windowMs = windowSeconds * 1_000;
    const at = now();
    const window = Math.floor(at / windowMs);
    const leftMs = (window + 1) * windowMs - at;
    const key = stateKey(tenant.id, 'limit', client, name, String(windowSeconds), String(window));

    const ttlMs = leftMs + clockSkewMs;
    const known = spent.get(key) === limit;
    const count = known ? limit + 1 : ((await sharedCount(key, ttlMs)) ?? (await localCount(key, ttlMs)));
    const exceeded = count > limit;
    if (exceeded && !known) {
      if (spent.size >= spentEntries) spent.clear();
      spent.set(key, limit);
    }
    const resetSeconds = Math.ceil(leftMs / 1_000);
    return { standing: { name, ...policy, remaining: Math.max(0, limit - count), resetSeconds }, exceeded };
  }

  return {
    async admit(tenant, client) {
      const policies = { ...defaults, ...tenant.quotas };
      const standings: QuotaStanding[] = [];
      for (const name of quotaNames) {
        const { standing, exceeded } = await stand(tenant, client, name, policies[name]);
        standings.push(standing);
        if (exceeded) return { exceeded: standing, standings, policies };
      }
      return { exceeded: undefined, standings, policies };
    },
  };
}
