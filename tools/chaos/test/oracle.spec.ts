import { describe, expect, test } from '@jest/globals';
import { slopeOf, percentile } from '../src/figures.ts';
import { type Facts } from '../src/facts.ts';
import { counter, judgeScreen, type Asked } from '../src/judge.ts';

/** The judge is worth what it finds: each lie once. */
const facts: Facts = {
  tenant: 'acme',
  user: 'ann',
  person: { name: 'Ann', email: 'ann@acme.example', avatar_url: null, last_login: null, ssn: 'ACME-SSN-1' },
  preferences: { theme: 'dark' },
  orders: [],
  hasMoreOrders: false,
  notifications: [],
  hasMoreNotifications: false,
  unread: 2,
  tier: 'gold',
};
const truth = {
  name: 'Ann', email: 'ann@acme.example', avatar_url: null, last_login: null,
  preferences: { theme: 'dark' }, orders: [], unread_notifications: 2, loyalty_tier: 'gold',
}; // prettier-ignore
const whole = { complete: true, degraded: [] };
const lost = (source: string, fallback: string) => ({ complete: false, degraded: [{ source, reason: 'error', fallback }] }); // prettier-ignore
const asked: Asked = { client: 'web', screen: 'profile', facts };
const judge = (body: unknown, headers: Record<string, string> = {}, status = 200, question = asked) =>
  judgeScreen(question, { status, headers, body: JSON.stringify(body), ms: 1 });
const degradedHead = { 'bff-degraded': 'x', 'cache-control': 'no-store' };
const problem = { 'content-type': 'application/problem+json' };

describe('the judge', () => {
  test.each([
    ['the truth', { ...truth, _meta: whole }, {}, 200, 'complete'],
    ['a default that is named', { ...truth, loyalty_tier: 'standard', _meta: lost('loyalty', 'default') }, degradedHead, 200, 'degraded'],
    ['an old truth that is named', { ...truth, _meta: lost('loyalty', 'stale') }, degradedHead, 200, 'degraded'],
    ['a default that is not named', { ...truth, loyalty_tier: 'standard', _meta: whole }, {}, 200, 'wrong'],
    ['a default for another source', { ...truth, unread_notifications: 0, _meta: lost('loyalty', 'default') }, degradedHead, 200, 'wrong'],
    ['a degraded answer that may be kept', { ...truth, _meta: lost('loyalty', 'stale') }, { 'bff-degraded': 'x' }, 200, 'wrong'],
    ['a member too many', { ...truth, locale: 'de', _meta: whole }, {}, 200, 'wrong'],
    ['another tenant in a header', { ...truth, _meta: whole }, { link: 'x@globex.example' }, 200, 'wrong'],
    ['a secret of the own tenant', { ...truth, ssn: 'ACME-SSN-1', _meta: whole }, {}, 200, 'wrong'],
    ['no JSON', 'x', {}, 200, 'wrong'],
    ['a 500', { type: '/problems/internal' }, problem, 500, 'forbidden'],
    ['a 503 without Retry-After', { type: '/problems/unavailable' }, problem, 503, 'forbidden'],
    ['a 503 with advice', { type: '/problems/unavailable' }, { ...problem, 'retry-after': '1' }, 503, 'unavailable'],
    ['a 504 of a screen that has fallbacks', { type: '/problems/upstream-timeout' }, problem, 504, 'forbidden'],
    ['an unknown problem', { type: '/problems/oops' }, problem, 400, 'wrong'],
    ['no answer', 'ECONNRESET', {}, 0, 'broken'],
  ] as const)('%s', (_, body, headers, status, verdict) => {
    expect(judge(body, headers, status).verdict).toBe(verdict);
  }); // prettier-ignore

  test.each<[value: number, verdict: string, is: string]>([
    [2, 'wrong', 'older than what was acknowledged'],
    [3, 'complete', 'the last acknowledged'],
    [4, 'complete', 'one whose answer was lost'],
    [5, 'wrong', 'one that nobody wrote'],
  ])('a counter of %i is %s: %s', (value, verdict) => {
    const question = { ...asked, counter: { least: 3, most: () => 4 } };
    const body = { ...truth, preferences: { theme: 'dark', [counter]: value }, _meta: whole };
    expect(judge(body, {}, 200, question).verdict).toBe(verdict);
  });
});

test('a slope and its interval', () => {
  const { slope, low, high } = slopeOf([[0, 1], [1, 3], [2, 5], [3, 7.4]]); // prettier-ignore
  expect(slope).toBeCloseTo(2.12);
  expect(low).toBeLessThan(slope);
  expect(high - slope).toBeCloseTo(slope - low);
  expect(() => slopeOf([[1, 1], [1, 2], [1, 3]])).toThrow(RangeError); // prettier-ignore
  expect(percentile([5, 1, 3], 0.5)).toBe(3);
});
