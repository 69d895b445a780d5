/**
 * The children of a metric by their label values, in the order of `labelNames`, each looked up once in the life of a
 * process: prom-client makes one anew and validates it at every `labels()`.
 */
export function childrenOf<Child>(metric: {
  labels(...values: string[]): Child;
}): (...values: string[]) => Child {
  const known = new Map<string, Child>();
  return (...values) => {
    const key = values.join(' ');
    const child = known.get(key);
    if (child) return child;
    const made = metric.labels(...values);
    known.set(key, made);
    return made;
  };
}
