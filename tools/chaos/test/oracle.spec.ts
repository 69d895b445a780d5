import { describe, expect, test } from '@jest/globals';
import { slopeOf, percentile } from '../src/report/figures.ts';
import type { Contract, Facts, Json } from '../src/broken-product.ts';
import { classifyMarks } from '../src/oracle/classify-marks.ts';
import { classifyScreen, type Asked } from '../src/oracle/oracle.ts';

/** Tests that the oracle detects each kind of wrong answer, with a product of one screen. */
const facts: Facts = { tenant: 't1', user: 'ann' };
const person = { name: 'Ann', email: 'ann@t1.example', avatar_url: null, last_login: null };
const sources: Readonly<Record<string, { readonly value: Json; readonly fallback: Json }>> = {
  person: { value: person, fallback: { name: 'Unknown', email: '', avatar_url: null, last_login: null } },
  settings: { value: { settings: { theme: 'dark' } }, fallback: { settings: {} } },
  things: { value: { things: [] }, fallback: { things: [] } },
  count: { value: { open_things: 2 }, fallback: { open_things: 0 } },
  rank: { value: { rank: 'gold' }, fallback: { rank: 'standard' } },
};
const counter = 'writes';
const contract: Contract = {
  isRequired: () => false,
  expectedView: (_, __, ___, replaced) =>
    Object.entries(sources).reduce(
      (view, [name, { value, fallback }]) => ({
        ...view,
        ...(replaced.get(name) === 'default' ? fallback : value),
      }),
      {},
    ),
  wordsOf: { t1: ['@t1.example'], t2: ['@t2.example'] },
  secretWords: ['-SECRET-'],
  counter: {
    screen: 'settings',
    source: 'settings',
    member: counter,
    holderOf: (_, __, view) => view['settings'] as Json | undefined,
  },
  marks: { list: 'things', member: 'marked_at' },
};
const truth = contract.expectedView('web', 'overview', facts, new Map());
const whole = { complete: true, degraded: [] };
const lost = (source: string, fallback: string) => ({
  complete: false,
  degraded: [{ source, reason: 'error', fallback }],
});
const asked: Asked = { client: 'web', screen: 'overview', facts };
const classify = (body: unknown, headers: Record<string, string> = {}, status = 200, question = asked) =>
  classifyScreen(contract, question, { status, headers, body: JSON.stringify(body), ms: 1 });
const degradedHead = { 'bff-degraded': 'x', 'cache-control': 'no-store' };
const problem = { 'content-type': 'application/problem+json' };

describe('the oracle of screens', () => {
  test.each([
    ['a complete and correct answer as complete', { ...truth, _meta: whole }, {}, 200, 'complete'],
    [
      'a declared default as degraded',
      { ...truth, rank: 'standard', _meta: lost('rank', 'default') },
      degradedHead,
      200,
      'degraded',
    ],
    [
      'a declared stale value as degraded',
      { ...truth, _meta: lost('rank', 'stale') },
      degradedHead,
      200,
      'degraded',
    ],
    ['an undeclared default as wrong', { ...truth, rank: 'standard', _meta: whole }, {}, 200, 'wrong'],
    [
      'a default whose declaration names another source as wrong',
      { ...truth, open_things: 0, _meta: lost('rank', 'default') },
      degradedHead,
      200,
      'wrong',
    ],
    [
      'a degraded answer that may be stored as wrong',
      { ...truth, _meta: lost('rank', 'stale') },
      { 'bff-degraded': 'x' },
      200,
      'wrong',
    ],
    ['an additional member as wrong', { ...truth, locale: 'de', _meta: whole }, {}, 200, 'wrong'],
    [
      'data of another tenant in a header field as wrong',
      { ...truth, _meta: whole },
      { link: 'x@t2.example' },
      200,
      'wrong',
    ],
    [
      'a secret of the same tenant as wrong',
      { ...truth, secret: 'T1-SECRET-1', _meta: whole },
      {},
      200,
      'wrong',
    ],
    ['a body that is not JSON as wrong', 'x', {}, 200, 'wrong'],
    ['a 500 as forbidden', { type: '/problems/internal' }, problem, 500, 'forbidden'],
    ['a 503 without Retry-After as forbidden', { type: '/problems/unavailable' }, problem, 503, 'forbidden'],
    [
      'a 503 with Retry-After as unavailable',
      { type: '/problems/unavailable' },
      { ...problem, 'retry-after': '1' },
      503,
      'unavailable',
    ],
    [
      'a 504 of a screen that has fallbacks as forbidden',
      { type: '/problems/upstream-timeout' },
      problem,
      504,
      'forbidden',
    ],
    ['an unknown problem type as wrong', { type: '/problems/oops' }, problem, 400, 'wrong'],
    ['a missing answer as broken', 'ECONNRESET', {}, 0, 'broken'],
  ] as const)('the oracle of screens classifies %s', (_, body, headers, status, verdict) => {
    expect(classify(body, headers, status).verdict).toBe(verdict);
  });

  test.each<[value: number, verdict: string, is: string]>([
    [2, 'wrong', 'older than an acknowledged write'],
    [3, 'complete', 'the last acknowledged value'],
    [4, 'complete', 'a write whose answer was lost'],
    [5, 'wrong', 'a value that was never written'],
  ])(
    'given a counter of %i, the oracle returns the verdict %s, because the counter is %s',
    (value, verdict) => {
      const question = { ...asked, counter: { least: 3, most: () => 4 } };
      const body = { ...truth, settings: { theme: 'dark', [counter]: value }, _meta: whole };
      expect(classify(body, {}, 200, question).verdict).toBe(verdict);
    },
  );
});

describe('the oracle of marks', () => {
  const marks = {
    acknowledged: new Map([['a-chaos-1', 'noon']]),
    attempted: new Set(['a-chaos-1', 'a-chaos-2']),
  };
  const page = (first: unknown, second: unknown, third: unknown, complete = true) => ({
    things: [
      { id: 'a-chaos-1', marked_at: first },
      { id: 'a-chaos-2', marked_at: second },
      { id: 'a-chaos-3', marked_at: third },
      { id: 'n1', marked_at: 'long ago' },
    ],
    _meta: { complete },
  });
  test.each([
    ['an acknowledged mark that is present', page('noon', null, null), 200, 'complete'],
    ['an attempted mark that is present', page('noon', 'one', null), 200, 'complete'],
    ['an acknowledged mark that is missing', page(null, null, null), 200, 'wrong'],
    ['an acknowledged mark without a time', page(undefined, null, null), 200, 'wrong'],
    ['an acknowledged mark with another time', page('two', null, null), 200, 'wrong'],
    ['a mark that was never attempted', page('noon', null, 'three'), 200, 'wrong'],
    ['an earlier state that is declared as stale', page(null, null, null, false), 200, 'degraded'],
    ['a body without the list', { _meta: whole }, 200, 'wrong'],
    ['data of another tenant', { ...page('noon', null, null), x: '@t2.example' }, 200, 'wrong'],
    ['a 500', {}, 500, 'wrong'],
  ])('the oracle of marks returns the expected verdict for %s', (_, body, status, verdict) => {
    const reply = { status, headers: {}, body: JSON.stringify(body), ms: 1 };
    expect(classifyMarks(contract, 't1', marks, reply).verdict).toBe(verdict);
  });
});

test('slopeOf estimates the slope and its interval, and outliers hardly change the estimate', () => {
  const points = Array.from({ length: 20 }, (_, x) => [x, 2 * x + Math.sin(x * x)] as const);
  const { slope, low, high } = slopeOf(points);
  expect(slope).toBeCloseTo(2, 1);
  expect(low).toBeLessThan(slope);
  expect(high).toBeGreaterThan(slope);
  expect(high - low).toBeLessThan(0.5);
  const spoilt = points.map(([x, y]) => [x, x % 6 === 1 ? 1e9 : y] as const);
  expect(slopeOf(spoilt).slope).toBeCloseTo(2, 0);
  const noise = points.map(([x]) => [x, Math.sin(x * 37)] as const);
  expect(slopeOf(noise).low).toBeLessThan(0);
  expect(slopeOf(noise).high).toBeGreaterThan(0);
  expect(() =>
    slopeOf([
      [1, 1],
      [1, 2],
      [1, 3],
    ]),
  ).toThrow(RangeError);
  expect(percentile([5, 1, 3], 0.5)).toBe(3);
});
