import type { IncomingMessage } from 'node:http';
import { callerOf } from './identify-caller.ts';

export interface AccessDateOptions {
  /** Whether other processes serve the same clients. */
  readonly isReplicated: boolean;
}

/**
 * The period in which a caller's access to its data is known to be unchanged. Times are milliseconds since
 * 1970.
 */
export interface CallerAccessDate {
  /**
   * Start of the period: the last change of the tenant's configuration in this process, or of the identity.
   */
  readonly changedAt: number;
  /** End of the period: the latest time up to which this process knows of every change. */
  readonly knownAt: number;
}

/**
 * Milliseconds within which all replicas apply a change of the tenant directory, clock differences included.
 * A published directory takes two seconds, a mounted ConfigMap up to two minutes, and a rollout of pods takes
 * longest.
 */
const replicaLagMs = 15 * 60_000;

/**
 * Creates the `accessDate` option of `createSender`. It makes `If-Modified-Since` safe, although
 * `Last-Modified` of the sources does not reflect changes of the tenant's policy and of the identity.
 * `changedAt` is never before the start of this process, so that a new release does not answer 304 for a
 * representation of an older release.
 *
 * @example
 * createSender({ etagKey, accessDate: createAccessDate({ isReplicated: config.redisUrl !== undefined }) });
 */
export function createAccessDate({ isReplicated }: AccessDateOptions) {
  const lagMs = isReplicated ? replicaLagMs : 0;
  /**
   * Returns undefined when the period is not known.
   * @throws {TypeError} when the request did not pass `identifyCaller`
   */
  return function accessDate(request: IncomingMessage): CallerAccessDate | undefined {
    const { identity, tenant, identifiedAt } = callerOf(request);
    const { tenants, establishedAt } = identity;
    const { inForceSince } = tenant;
    // A user of several tenants switches with `X-Tenant-ID` under the same session and URL, so the date that
    // the client sends may belong to a representation of another tenant.
    if (tenants.length > 1 || establishedAt === undefined || inForceSince === undefined) return undefined;
    return { changedAt: Math.max(establishedAt * 1000, inForceSince), knownAt: identifiedAt - lagMs };
  };
}
