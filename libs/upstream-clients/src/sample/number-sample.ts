import type { JsonSchema } from './json-schema.ts';

/** Returns 1 if the bounds allow it, otherwise the nearest number that they allow. */
export function numberSample(schema: JsonSchema): number {
  const { minimum = -Infinity, maximum = Infinity, exclusiveMinimum, exclusiveMaximum } = schema;
  const isWhole = schema.type === 'integer' || [schema.type].flat().includes('integer');
  const step = schema.multipleOf ?? (isWhole ? 1 : undefined);
  // In OpenAPI 3.0 `exclusiveMinimum` is a flag beside `minimum`, in JSON Schema a bound by itself.
  const bound = (exclusive: number | boolean | undefined, inclusive: number, open: number): number =>
    typeof exclusive === 'number' ? exclusive : exclusive ? inclusive : open;
  const above = bound(exclusiveMinimum, minimum, -Infinity);
  const below = bound(exclusiveMaximum, maximum, Infinity);
  const fits = (value: number): boolean =>
    value >= minimum && value <= maximum && value > above && value < below;

  if (step !== undefined) {
    const nearest = Math.min(Math.max(1, minimum, above), maximum, below);
    const down = Math.floor(nearest / step);
    const candidates = [Math.ceil(1 / step), 0, down - 1, down, down + 1, down + 2].map(
      (times) => times * step,
    );
    return candidates.find(fits) ?? nearest;
  }
  const [low, high] = [Math.max(minimum, above), Math.min(maximum, below)];
  const between = Number.isFinite(low) && Number.isFinite(high) ? (low + high) / 2 : low + 1;
  return [1, 0, low, low + 1, high, high - 1, between].find(fits) ?? between;
}
