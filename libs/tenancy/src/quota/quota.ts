import { stateKey } from '@bff/service-kit';
import { quotaNames, type QuotaName, type QuotaPolicies, type QuotaPolicy } from './quota-policy.ts';
import type { Tenant } from '../directory/tenant.ts';
import { createWindowCount, type WindowCountOptions } from './window-count.ts';

/** State of one client in one window, after this request. */
export interface QuotaStanding extends QuotaPolicy {
  readonly name: QuotaName;
  readonly remaining: number;
  /** Seconds until the window ends, rounded up. */
  readonly resetSeconds: number;
}

export interface QuotaVerdict {
  /** The quota that is used up; undefined when the request is admitted. */
  readonly exceeded: QuotaStanding | undefined;
  /** The quotas that were counted, the exceeded one included. */
  readonly standings: readonly QuotaStanding[];
  readonly policies: QuotaPolicies;
}

export interface Quotas {
  /** Counts one request of a client. Resolves even when the store is down. */
  admit(tenant: Pick<Tenant, 'id' | 'quotas'>, client: string): Promise<QuotaVerdict>;
}

export interface QuotaOptions extends WindowCountOptions {
  /** Quotas of tenants whose directory entry has none. */
  readonly defaults: QuotaPolicies;
}

/**
 * Creates the quotas of tenants.
 *
 * @example
 * const { exceeded } = await createQuotas({ store, log, defaults }).admit(tenant, clientId);
 */
export function createQuotas({ defaults, ...options }: QuotaOptions): Quotas {
  const count = createWindowCount(options);

  return {
    async admit(tenant, client) {
      const policies = { ...defaults, ...tenant.quotas };
      const windows = quotaNames.map((name) => {
        const policy = policies[name];
        const parts = [client, name, String(policy.windowSeconds)] as const;
        return { policy, keyOf: (window: string) => stateKey(tenant.id, 'limit', ...parts, window) };
      });
      let exceeded: QuotaStanding | undefined;
      const standings = (await count(windows)).map(({ counted, resetSeconds }, index) => {
        const name = quotaNames[index] as QuotaName;
        const policy = policies[name];
        const standing = { name, ...policy, resetSeconds, remaining: Math.max(0, policy.limit - counted) };
        if (counted > policy.limit) exceeded = standing;
        return standing;
      });
      return { exceeded, standings, policies };
    },
  };
}
