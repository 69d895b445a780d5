import { stateKey, StateUnavailable, type Logger, type StateKey, type StateStore } from '@bff/service-kit';
import { quotaNames, type QuotaName, type QuotaPolicies, type QuotaPolicy } from './quota-policy.ts';
import { createLimiters, type LimiterPair } from './store-limiter.ts';
import { type Tenant } from '../directory/tenant.ts';

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
const clockSkewSeconds = 5;

/**
 * Fixed windows, aligned to the epoch, counted by one atomic increment per quota in the shared store: N replicas
 * together admit exactly the limit per window.
 */
export function createQuotas({ store, defaults, log, now = Date.now }: QuotaOptions): Quotas {
  /** By policy, and gone with the directory that brought it. */
  const limiters = new WeakMap<QuotaPolicy, LimiterPair>();
  let storeFrom = 0;

  function limitersOf(policy: QuotaPolicy): LimiterPair {
    const known = limiters.get(policy) ?? createLimiters(store, policy.limit, policy.windowSeconds);
    limiters.set(policy, known);
    return known;
  }

  async function count({ shared, local }: LimiterPair, key: StateKey, secondsLeft: number): Promise<number> {
    const seconds = secondsLeft + clockSkewSeconds;
    if (now() < storeFrom) return local.count(key, seconds);
    try {
      return await shared.count(key, seconds);
    } catch (error) {
      if (!(error instanceof StateUnavailable)) throw error;
      if (now() >= storeFrom) log.warn('quotas are counted by this process alone: the store does not answer');
      storeFrom = now() + storePauseMs;
      return local.count(key, seconds);
    }
  }

  async function stand(tenant: Pick<Tenant, 'id'>, client: string, name: QuotaName, policy: QuotaPolicy) {
    const windowMs = policy.windowSeconds * 1_000;
    const at = now();
    const window = Math.floor(at / windowMs);
    const resetSeconds = Math.ceil(((window + 1) * windowMs - at) / 1_000);
    const key = stateKey(tenant.id, 'limit', client, name, String(policy.windowSeconds), String(window));
    const counted = await count(limitersOf(policy), key, resetSeconds);
    const remaining = Math.max(0, policy.limit - counted);
    return { standing: { name, ...policy, resetSeconds, remaining }, exceeded: counted > policy.limit };
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
