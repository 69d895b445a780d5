import type { IncomingMessage } from 'node:http';
import { callerOf } from './identify-caller.ts';

export interface AccessDateOptions {
  /** Whether other processes serve the same clients. */
  readonly isReplicated: boolean;
}

/** Bounds of the caller's access to its data, as the sender of `@bff/shaping` takes them. Milliseconds since 1970. */
export interface CallerAccessDate {
  /** When it last changed: the tenant's configuration in this process, or the identity. */
  readonly changedAt: number;
  /** The latest time by which this process would have known of another change. */
  readonly knownAt: number;
}

/**
 * Milliseconds within which all replicas apply a change of the tenant directory, clock differences included. A published
 * directory takes two seconds and a mounted ConfigMap up to two minutes; a rollout of pods takes longest.
 */
const replicaLagMs = 15 * 60_000;

/**
 * Creates the `accessDate` of the sender, which makes modification dates safe to compare although they say nothing of the
 * tenant's policy and of the caller. `changedAt` is never before the start of this process, so a new release does not
 * confirm what an older one answered before that.
 *
 * @example
 * createSender({ etagKey, accessDate: createAccessDate({ isReplicated: config.redisUrl !== undefined }) });
 */
export function createAccessDate({ isReplicated }: AccessDateOptions) {
  const lagMs = isReplicated ? replicaLagMs : 0;
  /** Returns undefined when it is not known. @throws {TypeError} when the request did not pass `identifyCaller` */
  return function accessDate(request: IncomingMessage): CallerAccessDate | undefined {
    const { identity, tenant, identifiedAt } = callerOf(request);
    const { tenants, establishedAt } = identity;
    const { inForceSince } = tenant;
    // A choice of tenants is made by `X-Tenant-ID`, in the same session and at the same address.
    if (tenants.length > 1 || establishedAt === undefined || inForceSince === undefined) return undefined;
    return { changedAt: Math.max(establishedAt * 1000, inForceSince), knownAt: identifiedAt - lagMs };
  };
}
