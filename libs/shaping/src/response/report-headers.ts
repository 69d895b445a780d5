import type { Degradation } from '@bff/service-kit';
import type { Timing } from './answer.ts';

/** Token of RFC 9651, section 3.3.4. */
const tokenSyntax = /^[A-Za-z*][\w!#$%&'*+.^`|~:/-]*$/;
/** Largest integer of RFC 9651, section 3.3.1. */
const maxInteger = 999_999_999_999_999;

/** Returns `BFF-Degraded: things;reason=timeout;fallback=stale;age_ms=1200`, a list of RFC 9651. */
export function degradedHeader(degraded: readonly Degradation[]): string {
  const members = degraded.map(({ source, reason, fallback, age_ms: age }) => {
    const ageParameter =
      age === undefined ? '' : `;age_ms=${Math.min(Math.max(0, Math.round(age)), maxInteger)}`;
    return `${tokenOrString(source)};reason=${reason};fallback=${fallback}${ageParameter}`;
  });
  return members.join(', ');
}

/** Returns `things;dur=12.3;desc="hit"` (Server-Timing, section 3). */
export function serverTimingHeader(timings: readonly Timing[]): string {
  const metrics = timings.map(({ name, durationMs, description }) => {
    const text = description === undefined ? '' : `;desc=${quoted(description)}`;
    return `${name.replaceAll(/[^\w!#$%&'*+.^`|~-]/g, '_')};dur=${Math.round(durationMs * 10) / 10}${text}`;
  });
  return metrics.join(', ');
}

function tokenOrString(text: string): string {
  return tokenSyntax.test(text) ? text : quoted(text);
}

/**
 * Returns a string of RFC 9651, which is also a quoted-string of RFC 9110: printable ASCII, with `?` for
 * other characters.
 */
function quoted(text: string): string {
  return `"${text.replaceAll(/[^ -~]/g, '?').replaceAll(/["\\]/g, '\\$&')}"`;
}
