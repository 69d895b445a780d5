import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { Deadline, type FailureReason, type Outcome } from '@bff/service-kit';
import fc from 'fast-check';
import { aggregate, defineScreen, type Aggregate, type Source } from '../src/index.ts';

beforeAll(() => {
  jest.useFakeTimers();
});
afterAll(() => {
  jest.useRealTimers();
});

const budgetMs = 1_000;
type Part = Record<string, unknown>;

/** When and how a source answers: `hangs` never does, `late` does after it was abandoned. */
interface Plan {
  readonly outcome: Outcome<Part> | 'throws' | 'hangs' | 'late';
  readonly required: boolean;
  readonly absentFails: boolean;
  readonly fields: number;
}

const reasons: FailureReason[] = ['timeout', 'open', 'error', 'shed', 'bad-response'];
const part = fc.dictionary(
  fc.constantFrom('s0f0', 's0f1', 's1f0', 's1f1', 's2f0', 's3f0', 'alien', 'constructor'),
  fc.integer(),
);
const outcome: fc.Arbitrary<Plan['outcome']> = fc.oneof(
  { weight: 4, arbitrary: part.map((value): Outcome<Part> => ({ kind: 'value', value })) },
  fc.constant<Outcome<Part>>({ kind: 'absent' }),
  fc.constant<Outcome<Part>>({ kind: 'refused', status: 403 }),
  fc.constant<Outcome<Part>>({ kind: 'aborted' }),
  fc
    .record({
      kind: fc.constant('failed' as const),
      reason: fc.constantFrom(...reasons),
      retryAfterMs: fc.option(fc.nat(60_000), { nil: undefined }),
      stale: fc.option(fc.record({ value: part, ageMs: fc.nat(9_999) }), { nil: undefined }),
    })
    .map((failed): Outcome<Part> => failed),
  fc.constantFrom('throws' as const, 'hangs' as const, 'late' as const),
);
const rarely = fc.integer({ min: 0, max: 9 }).map((n) => n === 0);
const plans = fc.array(
  fc.record({ outcome, required: rarely, absentFails: rarely, fields: fc.integer({ min: 1, max: 2 }) }),
  { minLength: 1, maxLength: 5 },
);
const delays = fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 5, maxLength: 5 });

const ownedBy = (plan: Plan, index: number): string[] =>
  Array.from({ length: plan.fields }, (_, field) => `s${index}f${field}`);

async function run(planned: readonly Plan[], delayOf: readonly number[], tenant: Part) {
  const sources: Record<string, Source<null, Part>> = {};
  for (const [index, plan] of planned.entries()) {
    sources[`s${index}`] = {
      fallback: Object.fromEntries(ownedBy(plan, index).map((field) => [field, `default of ${field}`])),
      required: plan.required,
      whenAbsent: plan.absentFails ? 'fail' : 'fallback',
      read: () =>
        new Promise((resolve, reject) => {
          const { outcome } = plan;
          if (outcome === 'hangs') return;
          const late: Outcome<Part> = { kind: 'value', value: { s0f0: 'too late' } };
          if (outcome === 'late') setTimeout(() => resolve(late), budgetMs + 500);
          else if (outcome === 'throws') setTimeout(() => reject(new Error('bug')), delayOf[index]);
          else setTimeout(() => resolve(outcome), delayOf[index]);
        }),
    };
  }
  const startedAt = performance.now();
  const result = aggregate(
    defineScreen<null>()({ name: 's', budgetMs, sources }),
    null,
    Deadline.after(60_000, new AbortController().signal),
    tenant,
  );
  let settledAfter = Infinity;
  void result.then(() => (settledAfter = performance.now() - startedAt));
  await jest.advanceTimersByTimeAsync(budgetMs + 1_000);
  return { result: (await result) as Aggregate<Part>, settledAfter };
}

const withoutTimes = (result: Aggregate<Part>) =>
  result.kind === 'view' ? { ...result, timings: result.timings.map(({ source }) => source) } : result;

test('A1 A2 the answer does not depend on the order in which sources answer, is ready within the budget, and takes each field from its own source', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(plans, delays, delays, part, async (planned, someDelays, otherDelays, tenant) => {
      const one = await run(planned, someDelays, tenant);
      const two = await run(planned, otherDelays, tenant);
      seen.add(one.result.kind);
      expect(Math.max(one.settledAfter, two.settledAfter)).toBeLessThanOrEqual(budgetMs);

      // Which of several required sources fails first depends on time; that the screen fails does not.
      if (one.result.kind === 'failed') {
        expect(two.result.kind).toBe('failed');
        return;
      }
      expect(withoutTimes(two.result)).toEqual(withoutTimes(one.result));
      expect(JSON.stringify(withoutTimes(two.result))).toBe(JSON.stringify(withoutTimes(one.result)));
      if (one.result.kind !== 'view') return;

      const { view, degraded, degradedFields } = one.result;
      const named = new Map(degraded.map((degradation) => [degradation.source, degradation]));
      const expected: Part = {};
      for (const [index, plan] of planned.entries()) {
        const how = plan.outcome;
        const stale = typeof how === 'object' && how.kind === 'failed' ? how.stale?.value : undefined;
        const answer = typeof how === 'object' && how.kind === 'value' ? how.value : stale;
        const complete = typeof how === 'object' && (how.kind === 'value' || how.kind === 'absent');
        expect(named.has(`s${index}`)).toBe(!complete);
        for (const field of ownedBy(plan, index)) {
          expect(degradedFields.includes(field)).toBe(!complete);
          if (answer) {
            if (Object.hasOwn(answer, field)) expected[field] = answer[field];
          } else if (!complete && Object.hasOwn(tenant, field)) expected[field] = tenant[field];
          else expected[field] = `default of ${field}`;
        }
      }
      expect(view).toEqual(expected);
    }),
    { numRuns: 500 },
  );
  expect([...seen].sort()).toEqual(['failed', 'lost', 'view']);
});
