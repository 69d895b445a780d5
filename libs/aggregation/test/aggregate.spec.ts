import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { aggregate, defineScreen } from '../src/index.ts';
import {
  byDefault,
  failed,
  oneThing,
  Scripted,
  stale,
  thingScreen,
  twoTags,
  value,
  visit,
} from './thing-screen.ts';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

describe('all sources answer', () => {
  test('when all sources answer, the view is complete and in the order of declaration, and the duration of each source is reported', async () => {
    const { screen, thing, tags } = thingScreen();
    const result = aggregate(screen, 'scope', visit().deadline);
    await jest.advanceTimersByTimeAsync(30);
    tags.answer(twoTags);
    await jest.advanceTimersByTimeAsync(12);
    thing.answer(oneThing);
    expect(await result).toEqual({
      kind: 'view',
      view: { title: 'One', note: 'the note', tags: [{ id: 'a1' }, { id: 'a2' }] },
      degraded: [],
      usesFallback: false,
      degradedFields: [],
      timings: [
        { source: 'thing', durationMs: 42 },
        { source: 'tags', durationMs: 30 },
      ],
    });
  });

  test('the result says how a cache was involved in the answer of each source', async () => {
    const { screen, thing, tags } = thingScreen();
    const result = aggregate(screen, 'scope', visit().deadline);
    thing.answer({ kind: 'value', value: { title: 'One', note: '' }, cache: 'hit' });
    tags.answer(stale({ tags: [] }, 5));
    expect(await result).toMatchObject({
      timings: [
        { source: 'thing', cache: 'hit' },
        { source: 'tags', cache: 'stale' },
      ],
    });
  });

  test('A1 a value that lacks some of its parts is shown, and its source is listed as degraded', async () => {
    const { screen, thing, tags } = thingScreen();
    const result = aggregate(screen, 'scope', visit().deadline, { tags: [{ id: 'of the tenant' }] });
    thing.answer(oneThing);
    tags.answer({
      kind: 'value',
      value: { tags: [{ id: 'a1' }] },
      partial: { reason: 'timeout', fallback: 'default' },
    });
    expect(await result).toMatchObject({
      kind: 'view',
      view: { title: 'One', note: 'the note', tags: [{ id: 'a1' }] },
      degraded: [byDefault('tags', 'timeout')],
      degradedFields: ['tags'],
    });
  });

  test('A7 the age of a value with stale parts is reported in whole milliseconds', async () => {
    const { screen, thing, tags } = thingScreen();
    const result = aggregate(screen, 'scope', visit().deadline);
    thing.answer(oneThing);
    tags.answer({
      kind: 'value',
      value: { tags: [] },
      partial: { reason: 'error', fallback: 'stale', ageMs: 12.6 },
    });
    expect(await result).toMatchObject({
      degraded: [{ source: 'tags', reason: 'error', fallback: 'stale', age_ms: 13 }],
    });
  });

  test('when the only source that answers has a partial value, the screen is degraded, and neither lost nor failed', async () => {
    const { screen, thing, tags } = thingScreen({ required: true });
    const result = aggregate(screen, 'scope', visit().deadline);
    thing.answer({ ...oneThing, partial: { reason: 'open', fallback: 'default' } } as typeof oneThing);
    tags.answer(failed('error'));
    expect(await result).toMatchObject({
      kind: 'view',
      view: { title: 'One' },
      degraded: [byDefault('thing', 'open'), byDefault('tags', 'error')],
    });
  });

  test('all sources of a screen are called in the same tick, with the scope', () => {
    const { screen, thing, tags } = thingScreen();
    const { deadline, client } = visit();
    const scope = { user: 'u1' };
    void aggregate(screen, scope, deadline);
    expect(thing.scopes).toEqual([scope]);
    expect(tags.scopes).toEqual([scope]);
    client.abort();
  });

  test('A1 a source that answers fields of another source can neither overwrite nor add fields', async () => {
    const { screen, thing, tags } = thingScreen();
    const result = aggregate(screen, null, visit().deadline);
    thing.answer(oneThing);
    tags.answer(value({ tags: [], title: 'Forged', is_admin: true }));
    expect(await result).toMatchObject({ view: { title: 'One', note: 'the note', tags: [] } });
    expect(Object.keys(((await result) as { view: object }).view)).toEqual(['title', 'note', 'tags']);
  });

  test('a field that an answer lacks is absent from the view, also when the tenant has a default for it', async () => {
    const { screen, thing, tags } = thingScreen();
    const result = aggregate(screen, null, visit().deadline, { note: 'the note of the tenant' });
    thing.answer(value({ title: 'One', note: undefined as unknown as string }));
    tags.answer(twoTags);
    expect(Object.keys(((await result) as { view: object }).view)).toEqual(['title', 'tags']);
  });
});

describe('A7 fallback order', () => {
  const cases = [
    ["a stale answer takes precedence over the tenant's default", stale({ title: 'Old', note: 'an old note' }, 60_000.4), { title: 'Sample' }, { title: 'Old', note: 'an old note' }, { reason: 'error', fallback: 'stale', age_ms: 60_000 }],
    ["the tenant's default takes precedence over the declared one, for each field separately", failed('open'), { title: 'Sample' }, { title: 'Sample', note: '' }, { reason: 'open', fallback: 'tenant' }],
    ["null as the tenant's default is used as a value", failed('shed'), { title: null }, { title: null, note: '' }, { reason: 'shed', fallback: 'tenant' }],
    ["the tenant's default for a field of another source is not used", failed('error'), { tags: [] }, { title: 'Untitled', note: '' }, { reason: 'error', fallback: 'default' }],
    ['the declared default is used when there is neither a stale answer nor a tenant default', failed('bad-response'), undefined, { title: 'Untitled', note: '' }, { reason: 'bad-response', fallback: 'default' }],
    ['a refused call degrades the source with the reason error', { kind: 'refused', status: 403 }, undefined, { title: 'Untitled', note: '' }, { reason: 'error', fallback: 'default' }],
    ['a call that the screen did not abort degrades the source with the reason error', { kind: 'aborted' }, undefined, { title: 'Untitled', note: '' }, { reason: 'error', fallback: 'default' }],
  ] as const; // prettier-ignore

  test.each(cases)('%s', async (_title, outcome, tenantFallbacks, part, degradation) => {
    const { screen, thing, tags } = thingScreen();
    const result = aggregate(screen, null, visit().deadline, tenantFallbacks);
    thing.answer(outcome);
    tags.answer(twoTags);
    expect(await result).toMatchObject({
      kind: 'view',
      view: { ...part, tags: [{ id: 'a1' }, { id: 'a2' }] },
      degraded: [{ source: 'thing', ...degradation }],
      degradedFields: ['title', 'note'],
    });
  });

  test('a field named like an inherited member is handled like any other field', async () => {
    const source = new Scripted({ constructor: 'none' as unknown });
    const ok = new Scripted({ ok: true });
    const screen = defineScreen<null>()({ name: 's', budgetMs: 100, sources: { source, ok } });
    const result = aggregate(screen, null, visit().deadline, {});
    source.answer(failed('error'));
    ok.answer(value({ ok: true }));
    expect(await result).toMatchObject({
      view: { constructor: 'none' },
      degraded: [{ fallback: 'default' }],
    });
  });

  test('a source that answers 404 gets its declared default, not that of the tenant, and is not degraded', async () => {
    const { screen, thing, tags } = thingScreen();
    const result = aggregate(screen, null, visit().deadline, { tags: [{ id: 'sample' }] });
    tags.answer({ kind: 'absent' });
    thing.answer(oneThing);
    expect(await result).toMatchObject({
      view: { title: 'One', tags: [] },
      degraded: [],
      degradedFields: [],
    });
  });

  test('degraded sources are named in the order of declaration, not of arrival', async () => {
    const { screen, thing, tags } = thingScreen();
    const result = aggregate(screen, null, visit().deadline);
    tags.answer(stale({ tags: [] }, 5));
    await jest.advanceTimersByTimeAsync(10);
    thing.answer(failed('error'));
    expect(await result).toMatchObject({
      degraded: [byDefault('thing', 'error'), { source: 'tags', fallback: 'stale', age_ms: 5 }],
      degradedFields: ['title', 'note', 'tags'],
    });
  });
});

describe('a screen of which every source failed', () => {
  test.each([
    [30_000, 4_000],
    [4_000, 30_000],
  ])(
    'when every source failed without a stale answer, the smaller retry delay of %d and %d ms is reported',
    async (ofThing, ofTags) => {
      const { screen, thing, tags } = thingScreen();
      const result = aggregate(screen, null, visit().deadline, { title: 'Sample' });
      thing.answer(failed('open', ofThing));
      tags.answer(failed('error', ofTags));
      expect(await result).toEqual({
        kind: 'lost',
        degraded: [{ source: 'thing', reason: 'open', fallback: 'tenant' }, byDefault('tags', 'error')],
        retryAfterMs: 4_000,
      });
    },
  );

  test('when every source failed and no upstream sent Retry-After, the result has no retry delay', async () => {
    const { screen, thing, tags } = thingScreen();
    const result = aggregate(screen, null, visit().deadline);
    thing.answer(failed('error'));
    tags.answer({ kind: 'refused', status: 400 });
    expect(await result).toEqual({
      kind: 'lost',
      degraded: [byDefault('thing', 'error'), byDefault('tags', 'error')],
    });
  });

  test.each([
    ['a stale answer', stale({ tags: [] }, 1)],
    ['a 404', { kind: 'absent' }],
  ] as const)(
    'a screen with one failed source is answered with a view when the other source has %s',
    async (_title, outcome) => {
      const { screen, thing, tags } = thingScreen();
      const result = aggregate(screen, null, visit().deadline);
      thing.answer(failed('error'));
      tags.answer(outcome);
      expect(await result).toMatchObject({ kind: 'view' });
    },
  );
});
