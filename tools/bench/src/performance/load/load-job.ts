/** One request of one user. */
export interface Target {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * Job that the load process receives as a message. Consecutive requests go to different users in rotation.
 */
export interface LoadJob {
  /** Origin of each replica; requests rotate among the replicas. */
  readonly origins: readonly string[];
  readonly targets: readonly Target[];
  /** Expected status, see {@link expectAnswers}. `any` (steady load only): every status is reported. */
  readonly status: number | 'any';
  readonly requests: number;
  /**
   * Requests per second, sent on schedule however slow the server is. Without it the load saturates the
   * server.
   */
  readonly perSecond?: number;
  /** Steady load only: number of targets requested concurrently; the slowest answer counts. Default 1. */
  readonly atOnce?: number;
  /** Steady load only: number of connections to each server that are open before the first request. Default 0. */
  readonly openedBefore?: number;
  /**
   * Steady load only: maximum number of connections to each server. Default 10,000: more than the requests
   * that a BFF with default settings queues (`MAX_QUEUED`) and the connections that its kernel queues.
   */
  readonly maxConnections?: number;
}

export interface LoadFigures {
  readonly seconds: number;
  /** Latency of each answer since its scheduled start, in milliseconds; steady load only. */
  readonly latencies: readonly number[];
  /**
   * How late each request was sent, in milliseconds after its scheduled start; steady load only. Included in
   * its latency, although the load causes it and not the server.
   */
  readonly sentLate: readonly number[];
  /** Status of each answer in `latencies`; of concurrent requests, the last answer. 0: no answer. */
  readonly statuses: readonly number[];
}

/** Share of answers that may have another status: on a busy machine a session lookup can time out. */
const faultsAllowed = 0.01;

/** Checks that enough answers had the expected status. @throws {Error} when more than 1 % had another one */
export function expectAnswers(right: number, requests: number, status: LoadJob['status']): void {
  if (status !== 'any' && right < requests * (1 - faultsAllowed))
    throw new Error(`${right} of ${requests} answers had status ${status}`);
}

/** Connections of a saturating load, over all replicas. */
export const connections = 8;
