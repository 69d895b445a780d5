/** One request of one user. */
export interface Target {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The message to the load process. Targets rotate: consecutive requests belong to different users. */
export interface LoadJob {
  /** One per replica; requests rotate among them. */
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
  /** Steady load only: number of targets requested concurrently, whose slowest answer counts. Default 1. */
  readonly atOnce?: number;
}

export interface LoadFigures {
  readonly seconds: number;
  /** Latency of each answer since its scheduled start, in milliseconds; steady load only. */
  readonly latencies: readonly number[];
  /** Status for each latency; of concurrent requests, that of the last answer. 0: no answer. */
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
