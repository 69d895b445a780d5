/** How often each route was called, by pattern; routes that were not called count 0. */
export interface Calls {
  count(pattern: string): void;
  counts(): Record<string, number>;
  clear(): void;
}

export function createCalls(patterns: readonly string[]): Calls {
  const counts = new Map<string, number>();
  const clear = (): void => patterns.forEach((pattern) => counts.set(pattern, 0));
  clear();
  return {
    count: (pattern) => void counts.set(pattern, (counts.get(pattern) ?? 0) + 1),
    counts: () => Object.fromEntries(counts),
    clear,
  };
}
