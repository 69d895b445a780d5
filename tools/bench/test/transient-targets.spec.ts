import { expect, test } from '@jest/globals';
import { overloadRow, type OverloadStep } from '../src/performance/measure/measure-overload.ts';
import {
  coldRow,
  neighbourRow,
  type TransientFigures,
} from '../src/performance/measure/measure-transients.ts';
import { evaluateTargets, type Measurements } from '../src/performance/measure/targets.ts';

const nothing: Measurements = { groups: {}, latency: [], coldStart: [], neighbour: [], overload: [] };
const load = (name: string, changes: Partial<TransientFigures> = {}): TransientFigures => ({
  name,
  perSecond: 100,
  requests: 1_000,
  refused: 0,
  failed: 0,
  p99: [12, 10, 10, 10, 10, 10, 10, 10, 10, 10],
  ...changes,
});
const flood = (changes: Partial<OverloadStep> = {}): OverloadStep => ({
  name: overloadRow(3),
  capacity: 1_000,
  offered: 3_000,
  answered: 900,
  shed: 2_100,
  failed: 0,
  p50: 100,
  p99: 1_000,
  shedP99: 100,
  quietRefused: 0,
  quietP99: 250,
  sentLateP99: 40,
  ...changes,
});
const missed = (changes: Partial<Measurements>): string[] =>
  evaluateTargets({ ...nothing, ...changes }).flatMap(({ promise, kept }) => (kept ? [] : [promise]));

test('figures at the limits meet all targets for a cold start, a busy neighbour and an overload', () => {
  const coldStart = [[25, 50, 75, 95].map((percent) => load(coldRow('web-bff', percent)))];
  coldStart[0]?.push(load(coldRow('fastify-usual', 50)));
  const measured = {
    ...nothing,
    coldStart,
    neighbour: [[load(neighbourRow('web-bff'))]],
    overload: [[flood()]],
  };
  expect(evaluateTargets(measured)).toHaveLength(13);
  expect(missed(measured)).toEqual([]);
});

test('a single refused request in one of several processes misses the target', () => {
  const half = coldRow('web-bff', 50);
  const coldStart = [[load(half)], [load(half, { refused: 1 })], [load(half)], [load(half)]];
  expect(missed({ coldStart })).toEqual(['refused or failed at 50 % from readiness']);
});

test.each([
  ['goodput lost at 3 x capacity', { answered: 899 }],
  ['p99 of an answer at 3 x capacity', { p99: 1_001 }],
  ['p99 of a refusal at 3 x capacity', { shedP99: 101 }],
  ['failed at 3 x capacity', { failed: 1 }],
  ['refused of a quiet tenant at 3 x capacity', { quietRefused: 1 }],
  ['p99 of a quiet tenant at 3 x capacity', { quietP99: 251 }],
])('the target "%s" is missed by %j', (promise, changes) => {
  expect(missed({ overload: [[flood(changes)]] })).toEqual([promise]);
});

test('an overload without refusals has no target for the time of a refusal', () => {
  const results = evaluateTargets({ ...nothing, overload: [[flood({ shed: 0, shedP99: Number.NaN })]] });
  expect(results.map(({ promise }) => promise)).not.toContain('p99 of a refusal at 3 x capacity');
});
