import type { IncomingMessage } from 'node:http';
import type { Answer } from '../answer.ts';

/** Until when the access of a caller to its data is known to be unchanged, and since when. Milliseconds since 1970. */
export interface AccessDate {
  /** When it last changed: the tenant's policy, the identity of the caller. */
  readonly changedAt: number;
  /** The latest time by which every process of this service would have known of another change. */
  readonly knownAt: number;
}

/** @returns undefined when it is not known; the answer then has no modification date */
export type AccessDateOf = (request: IncomingMessage) => AccessDate | undefined;

/** Resolution of HTTP dates, in milliseconds. */
const resolutionMs = 1_000;

const nextSecond = (ms: number): number => Math.ceil(ms / resolutionMs) * resolutionMs;

/**
 * Returns the answer with the modification date that it may be sent with, or without one.
 *
 * Unlike our entity tags, a date does not depend on who asks and under which policy. A client that sends only
 * `If-Modified-Since` would receive 304 although the tenant's policy changed or another user logged in. So the date of an
 * answer is the latest of three: its data, the policy, the identity.
 *
 * Replicas load a policy at different times, and that is safe: a later date only costs a 304. Not safe is the date of
 * data that was modified while one replica had the new policy and another one still the old: both would send it. So a
 * date is sent only when it is a second or more before `knownAt`, the condition of RFC 9110, section 8.8.2.2, for
 * a date that may be compared as a strong validator.
 *
 * Two releases may compose different views of the same data during a rollout. A date does not tell them apart, as RFC 9110,
 * section 8.8.1, allows for weak validators: within one version of the contract, either view is good for the client.
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
