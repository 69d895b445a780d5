/** Median over the processes, and its 95 % interval. */
export interface Interval {
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
}

export interface CaseSummary {
  readonly name: string;
  readonly server: string;
  readonly cpuMicros: Interval;
  /** CPU time divided by that of the first case of its group, per round. */
  readonly toFirst: Interval;
  readonly redisMicros: Interval;
  readonly perSecond: Interval;
  readonly residentMiB: Interval;
  readonly readyMs: Interval;
}

export interface GroupSummary {
  readonly name: string;
  readonly meaning: string;
  readonly cases: readonly CaseSummary[];
}

/** Latency in milliseconds at a steady load. */
export interface LatencySummary {
  readonly name: string;
  readonly p50: Interval;
  readonly p99: Interval;
}

/** A load that begins at readiness, or during which another process uses the core. */
export interface TransientSummary {
  readonly name: string;
  /** Requests per second. */
  readonly perSecond: Interval;
  /** Number of requests, of answers with 503 and of other results than 200 and 503, over all processes. */
  readonly requests: number;
  readonly refused: number;
  readonly failed: number;
  /** p99 of each second, in milliseconds. */
  readonly p99: readonly Interval[];
}

/** A load with a multiple of the capacity. Latencies in milliseconds; undefined without such answers. */
export interface OverloadSummary {
  readonly name: string;
  /** Requests, answers with 200 and answers with 503, each per second. */
  readonly offered: Interval | undefined;
  readonly answered: Interval | undefined;
  readonly shed: Interval | undefined;
  /** Number of other results than 200 and 503, over all processes. */
  readonly failed: number;
  readonly p50: Interval | undefined;
  readonly p99: Interval | undefined;
  readonly shedP99: Interval | undefined;
  /** Number of requests of the quiet tenant that were not answered with 200, over all processes. */
  readonly quietRefused: number;
  readonly quietP99: Interval | undefined;
  /** How late the load itself sent its requests. Included in all latencies. */
  readonly sentLateP99: Interval | undefined;
}

/** A target and its result. */
export interface TargetResult {
  readonly promise: string;
  readonly figure: Interval;
  readonly limit: number;
  readonly unit: 'x' | 'ms' | '%' | 'requests';
  /** False when the target is missed by more than the spread: the whole interval exceeds the limit. */
  readonly kept: boolean;
}

export interface PerformanceReport {
  readonly machine: {
    readonly cpu: string;
    readonly cores: number;
    readonly memoryGiB: number;
    readonly node: string;
    readonly redis: string;
  };
  readonly effort: {
    /** Number of processes, and of rounds over all of them, that measured each case. */
    readonly processes: number;
    readonly rounds: number;
    readonly requests: number;
    /** Number of requests per case before a measurement. */
    readonly warmUp: number;
    readonly users: number;
  };
  readonly groups: readonly GroupSummary[];
  readonly latency: readonly LatencySummary[];
  readonly coldStart: readonly TransientSummary[];
  readonly neighbour: readonly TransientSummary[];
  readonly overload: readonly OverloadSummary[];
  readonly targets: readonly TargetResult[];
}
