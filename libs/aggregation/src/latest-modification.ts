import type { Outcome } from '@bff/service-kit';

/** Resolution of HTTP dates, in milliseconds. */
const resolutionMs = 1_000;

/**
 * Returns the latest modification date of all sources, in milliseconds since 1970; undefined unless every
 * source answered with a value that has one.
 *
 * Also undefined when a source was read less than a second after that latest date, by the clock of the source
 * (RFC 9110, section 8.8.2.2), for instance because its answer was cached. Such a source may have changed
 * after it was read, with a modification date that is not later than the date of the view. A client would
 * then receive 304 although the view changed.
 */
export function latestModification(outcomes: readonly Outcome<object>[]): number | undefined {
  let latest = -Infinity;
  let currentAt = Infinity;
  for (const outcome of outcomes) {
    if (outcome.kind !== 'value' || outcome.lastModified === undefined) return undefined;
    latest = Math.max(latest, outcome.lastModified);
    currentAt = Math.min(currentAt, outcome.currentAt ?? Infinity);
  }
  return latest + resolutionMs <= currentAt ? latest : undefined;
}
