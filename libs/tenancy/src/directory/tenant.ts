import { createHash } from 'node:crypto';
import { compilePolicy, type FieldPolicy } from '../policy/compile-policy.ts';
import type { JsonObject } from '../policy/json.ts';
import type { QuotaPolicies } from '../quota/quota-policy.ts';
import type { TenantId } from './tenant-id.ts';
import type { TenantConfig } from './tenant-schema.ts';

/** A customer organisation, as configured in the directory. */
export interface Tenant {
  readonly id: TenantId;
  readonly name: string;
  readonly status: 'active' | 'suspended';
  /**
   * Hash of this tenant's configuration. It is part of every cache and sync key, so that entries of a former
   * policy become unreachable at once.
   */
  readonly version: string;
  /** Hash of what decides which members a view shows. Other changes of the tenant leave it the same. */
  readonly policyVersion: string;
  /**
   * When this process applied this version, in milliseconds since 1970: an upper bound of its last change. It
   * differs between replicas. Undefined in a directory that is not followed.
   */
  readonly inForceSince: number | undefined;
  /** Policy for every view. */
  readonly policy: FieldPolicy;
  /** Quotas of this tenant that differ from the defaults. */
  readonly quotas: Partial<QuotaPolicies>;
  /** Returns the policy for a screen; it never shows more than `policy`. */
  policyFor(screen: string): FieldPolicy;
  /** Returns the tenant's default values of view fields, used when a source of the screen fails. Frozen. */
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
    policyVersion: hashOf(JSON.stringify([fields, config.screens])),
    inForceSince,
    policy,
    policyFor: (screen: string) => policies.get(screen) ?? policy,
    quotas: frozen(config.quotas),
    fallbacksFor: (screen: string) => fallbacks.get(screen),
  });
}

/**
 * Hashes to 96 bits: accidental collisions are improbable, and an attacker gains nothing from a forged
 * collision.
 */
export const hashOf = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, 16);

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}
