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

/** What goes wrong, where and how often. */
export interface Fault {
  /** A route pattern of the service, or `*` for each of them. */
  readonly route: string;
  readonly kind: FaultKind;
  /** The share of the calls that are hit, 0 to 1. default 1 */
  readonly rate: number;
  /** latency: the mean delay; slow: the time between two bytes. Milliseconds. default 100 */
  readonly ms: number;
  /** error: the status that is answered, 400 to 599. default 500 */
  readonly status: number;
}
export type FaultInput = Pick<Fault, 'route' | 'kind'> & Partial<Fault>;

/** What one call has to bear: every delay that hits, and the first one set of the other faults that hit. */
export interface Draw {
  readonly latencyMs: readonly number[];
  readonly spoiler: Fault | undefined;
}

export interface Faults {
  /** Adds a fault, or replaces the one of the same route and kind. @throws {z.ZodError} when it is not valid */
  set(fault: FaultInput): Fault;
  list(): readonly Fault[];
  clear(): void;
  /** Rolls the dice for one call. */
  draw(pattern: string): Draw;
}

/** @param patterns the routes of the service: a misspelt route is refused instead of never hit */
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
