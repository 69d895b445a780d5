/** One request of a load, of one user. */
export interface Target {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What the load process is told. The targets take turns: no two requests in a row are of one user. */
export interface LoadJob {
  /** One per replica, in turns. */
  readonly origins: readonly string[];
  readonly targets: readonly Target[];
  /** What is expected of every answer, see {@link expectAnswers}; `any` of a steady load: all of them are told. */
  readonly status: number | 'any';
  readonly requests: number;
  /** Requests a second, sent on time whatever the server does; without it, as many as the server can answer. */
  readonly perSecond?: number;
  /** Of a steady load: how many targets are asked at once, the slowest of which counts; default 1. */
  readonly atOnce?: number;
}

export interface LoadFigures {
  readonly seconds: number;
  /** Of each answer from when it was due, in milliseconds; of a steady load only. */
  readonly latencies: readonly number[];
  /** Of each of them the status of its answer, the last one's where several were asked at once; 0: there was none. */
  readonly statuses: readonly number[];
}

/** Share of answers that may have another status: a machine that others keep busy lets a session lookup run out of time. */
const faultsAllowed = 0.01;

/** @throws {Error} when too many answers were not as expected */
export function expectAnswers(right: number, requests: number, status: LoadJob['status']): void {
  if (status !== 'any' && right < requests * (1 - faultsAllowed))
    throw new Error(`${right} of ${requests} answers had status ${status}`);
}

/** Connections of a saturating load, all replicas together. */
export const connections = 8;
