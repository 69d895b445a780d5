import { createHash } from 'node:crypto';
import { compilePolicy, type FieldPolicy } from '../policy/compile-policy.ts';
import type { JsonObject } from '../policy/json.ts';
import type { QuotaPolicies } from '../quota/quota-policy.ts';
import type { TenantId } from './tenant-id.ts';
import type { TenantConfig } from './tenant-schema.ts';

/** A company whose users we serve, as the directory knows it. */
export interface Tenant {
  readonly id: TenantId;
  readonly name: string;
  readonly status: 'active' | 'suspended';
  /**
   * A hash of all that is configured for this tenant. Part of every cache and sync key, so that what was made under
   * another policy becomes unreachable at once.
   */
  readonly version: string;
  /**
   * Since when this process applies this version, in milliseconds since 1970: an upper bound of when it changed. Other
   * replicas have other times. Undefined in a directory that is not followed.
   */
  readonly inForceSince: number | undefined;
  /** What the tenant may see anywhere. */
  readonly policy: FieldPolicy;
  /** The quotas of this tenant that differ from the defaults. */
  readonly quotas: Partial<QuotaPolicies>;
  /** What the tenant may see on a screen: never more than anywhere. */
  policyFor(screen: string): FieldPolicy;
  /** The tenant's defaults of view fields, for when a source of the screen is lost. Frozen. */
  fallbacksFor(screen: string): JsonObject | undefined;
}

export function createTenant(config: TenantConfig, inForceSince?: number): Tenant {
  const { id, name, status, fields } = config;
  const policy = compilePolicy(fields);
  const policies = new Map<string, FieldPolicy>(
    Object.entries(config.screens).map(([screen, lists]) => [screen, compilePolicy(fields, lists)]),
  );
  const fallbacks = new Map(Object.entries(config.fallbacks).map(([screen, part]) => [screen, frozen(part)]));
  return Object.freeze({
    id,
    name,
    status,
    version: hashOf(JSON.stringify(config)),
    inForceSince,
    policy,
    policyFor: (screen: string) => policies.get(screen) ?? policy,
    quotas: frozen(config.quotas),
    fallbacksFor: (screen: string) => fallbacks.get(screen),
  });
}

/** 96 bits: enough that two configurations of one tenant never share a version; nobody gains by making them. */
export const hashOf = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, 16);

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}
