import { endpoints, type Endpoint } from '../provider/endpoints.ts';

export type Calls = Readonly<Record<Endpoint, number>>;

export interface CallCounter {
  count(endpoint: Endpoint): void;
  /** Returns the number of calls of every endpoint, including those never called. */
  calls(): Calls;
  reset(): void;
}

export function createCallCounter(): CallCounter {
  const counts = new Map<Endpoint, number>();
  return {
    count: (endpoint) => void counts.set(endpoint, (counts.get(endpoint) ?? 0) + 1),
    calls: () => Object.fromEntries(endpoints.map((name) => [name, counts.get(name) ?? 0])) as Calls,
    reset: () => counts.clear(),
  };
}
