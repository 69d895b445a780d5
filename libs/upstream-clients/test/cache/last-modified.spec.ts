import { afterEach, describe, expect, test } from '@jest/globals';
import { createMemoryStore, type Outcome } from '@bff/service-kit';
import { modificationOf } from '../../src/cache/modification.ts';
import { createWorld, otherId } from '../world.ts';
import { createCachedWorld, type Headers } from './cached-world.ts';

const world = createWorld();
afterEach(world.end);

const day = 86_400;
const lastModifiedOf = (outcome: Outcome<unknown>) =>
  outcome.kind === 'value' ? outcome.lastModified : 'no value';

describe('RFC 9110, section 8.8.2: the modification date of an upstream', () => {
  const answeredAt = Date.UTC(2026, 0, 2);
  const before = 'Thu, 01 Jan 2026 00:00:00 GMT';

  test.each<[title: string, field: unknown, expected: number | undefined]>([
    ['a date before the answer', before, Date.UTC(2026, 0, 1)],
    ['the second of the answer', 'Fri, 02 Jan 2026 00:00:00 GMT', answeredAt],
    ['a date later than the answer', 'Fri, 02 Jan 2026 00:00:01 GMT', undefined],
    ['an obsolete form of date', 'Thu Jan  1 00:00:00 2026', Date.UTC(2026, 0, 1)],
    ['text that is not an HTTP-date', '2026-01-01T00:00:00Z', undefined],
    ['an empty field', '', undefined],
    ['two field lines', [before, before], undefined],
    ['a list in one line', `${before}, ${before}`, undefined],
  ])('a Last-Modified field with %s (%j) is parsed as %j', (_, field, expected) => {
    const modification = modificationOf(field, answeredAt);
    expect(modification?.lastModified).toBe(expected);
    if (modification) expect(modification.currentAt).toBe(answeredAt);
  });
});

describe('the outcome of a read', () => {
  /** One answer of an upstream that was modified a day ago, unless `headers` say otherwise. */
  async function rig(headers: Headers = {}) {
    const it = await createCachedWorld(world);
    const field = it.httpTime(-day);
    it.state.headers = { 'Last-Modified': field, ...headers };
    return { ...it, field, modifiedAt: Date.parse(field) };
  }

  test('the outcome of a read has the modification date of the answer, and the Date of the answer as the time at which it was current', async () => {
    const { label, modifiedAt, wall } = await rig();
    const outcome = await label();
    expect(outcome).toMatchObject({ kind: 'value', lastModified: modifiedAt });
    const { currentAt = 0 } = outcome as { currentAt?: number };
    expect(Math.abs(wall() - currentAt)).toBeLessThan(5_000);
    expect(currentAt % 1_000).toBe(0);
  });

  test('the outcome of a read has no modification date when the upstream sent none, or one in the future', async () => {
    const { label, state, httpTime } = await rig();
    state.headers = {};
    expect(await label()).not.toHaveProperty('lastModified');
    state.headers = { 'Last-Modified': httpTime(day) };
    expect(await label()).not.toHaveProperty('lastModified');
  });

  test('the outcome of a cache hit has the modification date of the entry, and counts as current when the entry was stored', async () => {
    const { label, pass, modifiedAt, seen } = await rig({ 'Cache-Control': 'max-age=60' });
    const first = await label();
    pass(30);
    const hit = await label();
    expect(hit).toMatchObject({ cache: 'hit', lastModified: modifiedAt });
    expect(hit).toHaveProperty('currentAt', (first as { currentAt?: number }).currentAt);
    expect(seen).toHaveLength(1);
  });

  test('after a 304 without Last-Modified, the outcome of a read has the stored modification date, and counts as current since the 304', async () => {
    const { label, pass, state, modifiedAt } = await rig({ 'Cache-Control': 'max-age=1', ETag: '"e1"' });
    const first = (await label()) as { currentAt?: number };
    pass(30);
    state.answer = 'confirm';
    state.headers = { ETag: '"e1"' };
    const confirmed = await label();
    expect(confirmed).toMatchObject({ cache: 'confirmed', lastModified: modifiedAt });
    expect((confirmed as { currentAt?: number }).currentAt).toBeGreaterThanOrEqual(first.currentAt! + 29_000);
  });

  test('after a 304 with another Last-Modified, the outcome of this read and of later cache hits has the new date (RFC 9111, section 4.3.4)', async () => {
    const { label, pass, state, httpTime } = await rig({ 'Cache-Control': 'max-age=60', ETag: '"e1"' });
    await label();
    pass(61);
    const field = httpTime(-60);
    state.answer = 'confirm';
    state.headers = { ETag: '"e1"', 'Last-Modified': field, 'Cache-Control': 'max-age=60' };
    expect(await label()).toMatchObject({ cache: 'confirmed', lastModified: Date.parse(field) });
    expect(await label()).toMatchObject({ cache: 'hit', lastModified: Date.parse(field) });
  });

  test('the outcome of each of several coalesced calls has the modification date', async () => {
    const { rig: clientsOf, u1Scope, state, modifiedAt, field } = await rig();
    const answers: (() => void)[] = [];
    state.answer = (response) =>
      void answers.push(() => {
        response.setHeader('Last-Modified', field);
        response.setHeader('Content-Type', 'application/json');
        response.end('{"label":"v1"}');
      });
    const { clients } = clientsOf();
    const calls = [1, 2, 3].map(() => clients.other.read(u1Scope(), { otherId }));
    while (answers.length === 0) await new Promise(setImmediate);
    for (const answer of answers) answer();
    const outcomes = await Promise.all(calls);
    expect(outcomes.map(lastModifiedOf)).toEqual([modifiedAt, modifiedAt, modifiedAt]);
    expect(outcomes.filter((each) => each.kind === 'value' && each.cache === 'collapsed')).toHaveLength(2);
  });

  test('the outcome of a read has the modification date of an entry that another replica stored', async () => {
    const { rig: clientsOf, u1Scope, modifiedAt, seen } = await rig({ 'Cache-Control': 'max-age=600' });
    const store = createMemoryStore();
    const replica = () => clientsOf({ cache: { store } }).clients.other;
    const [first, second] = [replica(), replica()];
    await first.read(u1Scope(), { otherId });
    await second.read(u1Scope(), { otherId: 'o2' });
    const shared = await second.read(u1Scope(), { otherId });
    expect(shared).toMatchObject({ cache: 'hit', lastModified: modifiedAt, currentAt: expect.any(Number) });
    expect(seen).toHaveLength(2);
  });

  test('a stale value that is served because the upstream failed has no modification date', async () => {
    const { label, pass, state } = await rig({ 'Cache-Control': 'max-age=1, stale-if-error=600' });
    await label();
    pass(30);
    state.answer = 500;
    const { stale } = (await label()) as { stale?: object };
    expect(stale).toBeDefined();
    expect(stale).not.toHaveProperty('lastModified');
  });
});
