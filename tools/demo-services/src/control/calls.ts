/** How often each route was called, and what it answered last, by pattern; routes that were not called count 0. */
export interface Calls {
  count(pattern: string): void;
  counts(): Record<string, number>;
  answered(pattern: string, body: unknown): void;
  /** Bytes of the body that was answered last, as JSON. */
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
    // Counted when asked for, so that a call costs what it did.
    answered: (pattern, body) => void bodies.set(pattern, body),
    sizes: () => Object.fromEntries(patterns.map((pattern) => [pattern, byteLength(bodies.get(pattern))])),
    clear,
  };
}

const byteLength = (body: unknown): number =>
  body === undefined ? 0 : Buffer.byteLength(JSON.stringify(body));
