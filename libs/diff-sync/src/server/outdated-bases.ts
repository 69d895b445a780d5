import { preTenantKey, tenantOf, type Logger, type StateKey, type StateStore } from '@bff/service-kit';
import { decodeBase } from './base-record.ts';
import { isBaseKey } from './base-store.ts';

/** The field policies in force. A tenant directory has this form. */
export interface Policies {
  /** Changes whenever a policy changes. */
  readonly version: string;
  find(tenant: string): { readonly policyVersion: string } | undefined;
}

export interface OutdatedBasesOptions {
  readonly store: StateStore;
  /** The service whose replicas share the work. */
  readonly service: string;
  readonly policies: Policies;
  /** Time between two checks in milliseconds. Default 10 000. */
  readonly intervalMs?: number;
  readonly log?: Pick<Logger, 'info' | 'warn'>;
}

export interface OutdatedBases {
  /** Checks now. Called by the timer; rejects when the store fails. */
  check(): Promise<void>;
  stop(): void;
}

/** Milliseconds after which another replica takes over work that was started but not finished. */
const lockMs = 300_000;
/** Lifetime of the record of finished work: longer than every base, so that a restart does not repeat it. */
const keptMs = 30 * 86_400_000;

/**
 * Deletes, soon after a policy changed, the stored bases that the former policy filtered: they can contain
 * values that the new policy blocks. A device whose base was deleted receives one complete answer. One
 * replica does the work, others wait for its result. It begins when the policy has been in force for one
 * interval, so that no replica stores a base of the former policy afterwards.
 */
export function removeOutdatedBases(options: OutdatedBasesOptions): OutdatedBases {
  const { store, service, policies, intervalMs = 10_000, log } = options;
  const doneKey = preTenantKey('sync', 'policies', service);
  const lockKey = preTenantKey('sync', 'policies-lock', service);
  let seen: string | undefined;
  let done: string | undefined;

  async function check(): Promise<void> {
    const { version } = policies;
    if (version === done) return;
    if (version !== seen) {
      seen = version;
      return;
    }
    if ((await store.get(doneKey))?.toString() !== version) {
      if (!(await store.add(lockKey, version, lockMs))) return;
      try {
        const removed = await removeAll();
        await store.set(doneKey, version, keptMs);
        if (removed > 0) log?.info({ removed }, 'removed sync bases of earlier field policies');
      } finally {
        await store.deleteIf(lockKey, version);
      }
    }
    done = version;
  }

  async function removeAll(): Promise<number> {
    let removed = 0;
    await store.scan('sync', undefined, async (keys) => {
      for (const key of keys) if (await isOutdated(key)) removed += Number(await store.delete(key));
    });
    return removed;
  }

  async function isOutdated(key: StateKey): Promise<boolean> {
    const tenant = tenantOf(key);
    if (tenant === undefined || !isBaseKey(key)) return false;
    const bytes = await store.get(key);
    if (!bytes) return false;
    const record = decodeBase(bytes);
    return record !== 'damaged' && record.policyVersion !== policies.find(tenant)?.policyVersion;
  }

  const timer = setInterval(() => {
    check().catch((err: unknown) => log?.warn({ err }, 'sync bases of earlier policies are not removed yet'));
  }, intervalMs).unref();
  return { check, stop: () => clearInterval(timer) };
}
