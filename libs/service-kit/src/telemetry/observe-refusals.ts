import type { Clock } from '../core/deadline.ts';
import { problemTypes, type Problem, type ProblemType } from '../core/problem.ts';
import type { Logger } from './logger.ts';
import type { Metrics } from './metrics.ts';

/** Problems that the HTTP server sends itself. */
const types: readonly ProblemType[] = [
  'bad-request',
  'request-timeout',
  'content-too-large',
  'uri-too-long',
  'expectation-failed',
  'headers-too-large',
];
/**
 * Interval between log lines of one status, in milliseconds, because a client can send any number of
 * malformed messages.
 */
const quietMs = 60_000;

export interface ObserveRefusalsOptions {
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly clock: Clock;
}

/**
 * Creates a counter of the messages that the HTTP server refuses, by status. Logs at most one line a minute
 * for each status. The line has the number of messages refused since the last line, but not their content or
 * sender.
 */
export function observeRefusals({ metrics, log, clock }: ObserveRefusalsOptions): (problem: Problem) => void {
  const refused = metrics.counter(
    'bff_refused_messages_total',
    'Messages that the HTTP server refused: malformed, too large, or not complete in time',
    ['status'],
  );
  // Creates each series with the value 0, because `rate()` does not count an event that creates its series.
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
