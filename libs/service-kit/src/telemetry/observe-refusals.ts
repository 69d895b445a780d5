import type { Clock } from '../core/deadline.ts';
import { problemTypes, type Problem, type ProblemType } from '../core/problem.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';

/** What the HTTP server answers itself. */
const types: readonly ProblemType[] = [
  'bad-request',
  'request-timeout',
  'content-too-large',
  'uri-too-long',
  'expectation-failed',
  'headers-too-large',
];
/** Between two log lines of one status, in milliseconds: anybody can send malformed messages, as many as they like. */
const quietMs = 60_000;

export interface ObserveRefusalsOptions {
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly clock: Clock;
}

/**
 * Returns what counts the messages that the HTTP server refuses, by the status of the problem, and logs at most one line a
 * minute for each status, with the number since the last one. A line has nothing of the message or its sender.
 */
export function observeRefusals({ metrics, log, clock }: ObserveRefusalsOptions): (problem: Problem) => void {
  const refused = metrics.counter(
    'bff_refused_messages_total',
    'Messages that the HTTP server refused: malformed, too large, or not complete in time',
    ['status'],
  );
  // A series that begins with its first event hides that event from every rate.
  for (const type of types) refused.labels(String(problemTypes[type][0])).inc(0);
  const unlogged = new Map<number, number>();
  const loggedAt = new Map<number, number>();

  return ({ status, type }) => {
    refused.labels(String(status)).inc();
    const messages = (unlogged.get(status) ?? 0) + 1;
    const isDue = clock() - (loggedAt.get(status) ?? -Infinity) >= quietMs;
    unlogged.set(status, isDue ? 0 : messages);
    if (!isDue) return;
    loggedAt.set(status, clock());
    log.info({ status, problem: type, messages }, 'malformed or incomplete messages refused');
  };
}
