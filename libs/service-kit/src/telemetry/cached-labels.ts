/**
 * Returns a lookup of the labelled children of a metric, by label values in the order of `labelNames`. Each
 * child is cached, because prom-client creates and validates one at every `labels()`.
 */
export function cachedLabels<Child>(metric: {
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
