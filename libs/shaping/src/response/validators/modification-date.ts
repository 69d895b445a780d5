import type { IncomingMessage } from 'node:http';
import type { Answer } from '../answer.ts';

/** The period in which a caller's access to its data is known to be unchanged. Milliseconds since 1970. */
export interface AccessDate {
  /** Last change of the tenant's policy or the caller's identity. */
  readonly changedAt: number;
  /** Every change up to this time has reached every process of this service. */
  readonly knownAt: number;
}

/**
 * Returns the access date of a request. @returns undefined when unknown; the answer then has no modification
 * date
 */
export type AccessDateOf = (request: IncomingMessage) => AccessDate | undefined;

/** Resolution of HTTP dates, in milliseconds. */
const resolutionMs = 1_000;

const nextSecond = (ms: number): number => Math.ceil(ms / resolutionMs) * resolutionMs;

/**
 * Returns the answer with the modification date that it may be sent with, or without one.
 *
 * Unlike our entity tags, a date does not depend on caller and policy. A client that sends only
 * `If-Modified-Since` would receive 304 although the tenant's policy changed or another user logged in. So
 * the date of an answer is the latest of three dates: those of its data, of the policy and of the identity.
 *
 * Replicas load a policy at different times. A later date only causes a 200 instead of a 304. But data may be
 * modified while one replica has the new policy and another one still the old; both would send the same date.
 * So a date is sent only when it is a second or more before `knownAt`, the condition of RFC 9110, section
 * 8.8.2.2, for a date that may be compared as a strong validator.
 *
 * Two releases may compose different views of the same data during a rollout. A date does not distinguish
 * them, as RFC 9110, section 8.8.1, allows for weak validators: within one version of the contract, either
 * view is good for the client.
 */
export function withModificationDate(
  request: IncomingMessage,
  answer: Answer,
  accessDate: AccessDateOf | undefined,
  now: () => number,
): Answer {
  const { lastModified } = answer;
  if (lastModified === undefined) return answer;
  const access = accessDate ? accessDate(request) : { changedAt: -Infinity, knownAt: now() };
  const date = Math.max(nextSecond(lastModified), nextSecond(access?.changedAt ?? Infinity));
  const isSettled = access !== undefined && date + resolutionMs <= access.knownAt;
  return { ...answer, lastModified: isSettled ? date : undefined };
}
