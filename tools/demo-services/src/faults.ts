import { z } from 'zod';
import { chance, type Random } from './random.ts';

export const faultKinds = [
  'latency',
  'error',
  'hang',
  'garbage',
  'truncate',
  'reset',
  'huge',
  'slow',
  'wrong-type',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** A kind of failure, its route and its frequency. */
export interface Fault {
  /** A route pattern of the service, or `*` for all routes. */
  readonly route: string;
  readonly kind: FaultKind;
  /** Share of affected calls, 0 to 1. Default 1. */
  readonly rate: number;
  /** latency: mean delay; slow: time between two bytes. In milliseconds. Default 100. */
  readonly ms: number;
  /** error: answered status, 400 to 599. Default 500. */
  readonly status: number;
}
export type FaultInput = Pick<Fault, 'route' | 'kind'> & Partial<Fault>;

/** Faults that affect one call: all delays, and at most one fault of another kind (`spoiler`). */
export interface Draw {
  readonly latencyMs: readonly number[];
  readonly spoiler: Fault | undefined;
}

export interface Faults {
  /**
   * Adds a fault, or replaces the one with the same route and kind. @throws {z.ZodError} when it is invalid
   */
  set(fault: FaultInput): Fault;
  list(): readonly Fault[];
  clear(): void;
  /** Decides, by the rates of the faults, which of them affect one call of a route. */
  draw(pattern: string): Draw;
}

/**
 * Creates the faults of a service. @param patterns its routes: a misspelt route is rejected instead of never
 * matching
 */
export function createFaults(patterns: readonly string[], random: Random): Faults {
  const schema = z.strictObject({
    route: z.enum(['*', ...patterns]),
    kind: z.enum(faultKinds),
    rate: z.number().min(0).max(1).default(1),
    ms: z.number().min(0).max(600_000).default(100),
    status: z.int().min(400).max(599).default(500),
  });
  const active = new Map<string, Fault>();
  return {
    set(input) {
      const fault = schema.parse(input);
      active.set(`${fault.route} ${fault.kind}`, fault);
      return fault;
    },
    list: () => [...active.values()],
    clear: () => active.clear(),
    draw(pattern) {
      const hits = [...active.values()].filter(
        ({ route, rate }) => (route === '*' || route === pattern) && chance(random, rate),
      );
      return {
        latencyMs: hits.filter(({ kind }) => kind === 'latency').map(({ ms }) => ms),
        spoiler: hits.find(({ kind }) => kind !== 'latency'),
      };
    },
  };
}
