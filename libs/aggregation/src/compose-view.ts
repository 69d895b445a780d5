import type { Degradation, FailureReason, Outcome, PartialLoss } from '@bff/service-kit';
import type { Aggregate, SourceTiming } from './aggregate-kinds.ts';
import { latestModification } from './latest-modification.ts';
import type { Screen, ScreenSource } from './define-screen.ts';

type Composed<View extends object> = Extract<Aggregate<View>, { kind: 'view' | 'lost' }>;

/** Joins the outcomes in the order of the screen's sources; the order in which they arrive has no effect. */
export function composeView<View extends object>(
  screen: Screen<never, View>,
  outcomes: readonly Outcome<object>[],
  timings: readonly SourceTiming[],
  tenantFallbacks: Readonly<Record<string, unknown>>,
): Composed<View> {
  const view: Record<string, unknown> = {};
  const degraded: Degradation[] = [];
  const degradedFields: string[] = [];
  let retryAfterMs = Infinity;
  let answers = 0;
  let usesFallback = false;

  for (const [index, source] of screen.sources.entries()) {
    const outcome = outcomes[index] as Outcome<object>;
    if (outcome.kind === 'value' || outcome.kind === 'absent') {
      copyFields(source.fields, outcome.kind === 'value' ? outcome.value : source.fallback, view);
      answers++;
      if (outcome.kind === 'absent') usesFallback = true;
      const partial = outcome.kind === 'value' ? outcome.partial : undefined;
      if (partial) {
        degraded.push(partlyDegraded(source.name, partial));
        degradedFields.push(...source.fields);
      }
      continue;
    }
    const degradation = fallbackOf(source, outcome, tenantFallbacks, view);
    if (degradation.fallback === 'stale') answers++;
    else usesFallback = true;
    if (outcome.kind === 'failed') retryAfterMs = Math.min(retryAfterMs, outcome.retryAfterMs ?? Infinity);
    degraded.push(degradation);
    degradedFields.push(...source.fields);
  }

  if (answers > 0) {
    return {
      kind: 'view',
      view: view as View,
      degraded,
      degradedFields,
      usesFallback,
      lastModified: latestModification(outcomes),
      timings,
    };
  }
  return { kind: 'lost', degraded, ...(retryAfterMs < Infinity && { retryAfterMs }) };
}

const partlyDegraded = (source: string, { reason, fallback, ageMs }: PartialLoss): Degradation => ({
  source,
  reason,
  fallback,
  ...(ageMs !== undefined && { age_ms: Math.round(ageMs) }),
});

/**
 * Returns the stale answer if there is one, otherwise the source's fallback, in which the tenant's default
 * replaces each field that has one.
 */
function fallbackOf(
  { name, fields, fallback }: ScreenSource<never>,
  outcome: Exclude<Outcome<object>, { kind: 'value' | 'absent' }>,
  tenantFallbacks: Readonly<Record<string, unknown>>,
  view: Record<string, unknown>,
): Degradation {
  const reason: FailureReason = outcome.kind === 'failed' ? outcome.reason : 'error';
  if (outcome.kind === 'failed' && outcome.stale) {
    copyFields(fields, outcome.stale.value, view);
    return { source: name, reason, fallback: 'stale', age_ms: Math.round(outcome.stale.ageMs) };
  }
  copyFields(fields, fallback, view);
  const fromTenant = copyFields(fields, tenantFallbacks, view);
  return { source: name, reason, fallback: fromTenant > 0 ? 'tenant' : 'default' };
}

/**
 * Copies the listed fields; a field that `from` lacks keeps its value in the view. Returns the number of
 * copied fields.
 */
function copyFields(fields: readonly string[], from: object, view: Record<string, unknown>): number {
  let copied = 0;
  for (const field of fields) {
    const value = Object.hasOwn(from, field) ? (from as Record<string, unknown>)[field] : undefined;
    if (value === undefined) continue;
    view[field] = value;
    copied++;
  }
  return copied;
}
