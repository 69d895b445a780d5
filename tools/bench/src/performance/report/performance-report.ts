/** Quartiles of one figure over the rounds. */
export interface Quartiles {
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
}

export interface CaseSummary {
  readonly name: string;
  readonly server: string;
  readonly cpuMicros: Quartiles;
  /** CPU time divided by that of the first case of its group, per round. */
  readonly toFirst: Quartiles;
  readonly redisMicros: Quartiles;
  readonly perSecond: Quartiles;
  /** Measured after the last round. */
  readonly residentMiB: number;
  readonly readyMs: number;
}

export interface GroupSummary {
  readonly name: string;
  readonly meaning: string;
  readonly cases: readonly CaseSummary[];
}

/** Latency in milliseconds at a steady load. */
export interface LatencySummary {
  readonly name: string;
  readonly p50: Quartiles;
  readonly p99: Quartiles;
}

/** A target and its result. */
export interface TargetResult {
  readonly promise: string;
  readonly figure: Quartiles;
  readonly limit: number;
  readonly unit: 'x' | 'ms';
  /** False when the target is missed by more than the spread: even the lower quartile exceeds the limit. */
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
  readonly effort: { readonly rounds: number; readonly requests: number; readonly users: number };
  readonly groups: readonly GroupSummary[];
  readonly latency: readonly LatencySummary[];
  readonly targets: readonly TargetResult[];
}
