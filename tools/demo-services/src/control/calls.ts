/** Number of calls and the last answered body of each route, by pattern; routes without calls count 0. */
export interface Calls {
  count(pattern: string): void;
  counts(): Record<string, number>;
  answered(pattern: string, body: unknown): void;
  /** Returns the size in bytes of the last answered body as JSON. */
  sizes(): Record<string, number>;
  clear(): void;
}

export function createCalls(patterns: readonly string[]): Calls {
  const counts = new Map<string, number>();
  const bodies = new Map<string, unknown>();
  const clear = (): void => patterns.forEach((pattern) => counts.set(pattern, 0));
  clear();
  return {
    count: (pattern) => void counts.set(pattern, (counts.get(pattern) ?? 0) + 1),
    counts: () => Object.fromEntries(counts),
    // Serialized only on request, so that a counted call costs nothing extra.
    answered: (pattern, body) => void bodies.set(pattern, body),
    sizes: () => Object.fromEntries(patterns.map((pattern) => [pattern, byteLength(bodies.get(pattern))])),
    clear,
  };
}

const byteLength = (body: unknown): number =>
  body === undefined ? 0 : Buffer.byteLength(JSON.stringify(body));
