import { describe, expect, test } from '@jest/globals';
import type { Outcome } from '@bff/service-kit';
import { aggregate, defineScreen, type Aggregate } from '../src/index.ts';
import { visit } from './thing-screen.ts';

type Part<Name extends string> = Outcome<{ [name in Name]: string }>;
const monday = Date.UTC(2026, 0, 5);
const tuesday = Date.UTC(2026, 0, 6);
const wednesday = Date.UTC(2026, 0, 7);

const thing = (changes: object = {}) =>
  ({ kind: 'value', value: { thing: 'a' }, lastModified: monday, ...changes }) as Part<'thing'>;
const other = (changes: object = {}) =>
  ({ kind: 'value', value: { other: 'b' }, lastModified: tuesday, ...changes }) as Part<'other'>;

async function compose(one: Part<'thing'>, two: Part<'other'>): Promise<Aggregate<object>> {
  const screen = defineScreen<unknown>()({
    name: 'things',
    budgetMs: 1_000,
    sources: {
      thing: { read: async () => one, fallback: { thing: '' } },
      other: { read: async () => two, fallback: { other: '' } },
    },
  });
  return aggregate(screen, undefined, visit().deadline);
}

describe('the modification date of a view', () => {
  test('the modification date of a view is the latest date of its sources, whatever their order', async () => {
    expect(await compose(thing(), other())).toMatchObject({ kind: 'view', lastModified: tuesday });
    const later = thing({ lastModified: wednesday });
    expect(await compose(later, other())).toMatchObject({ kind: 'view', lastModified: wednesday });
  });

  test.each<[string, Part<'thing'>]>([
    ['has no modification date', thing({ lastModified: undefined })],
    ['answers 404', { kind: 'absent' }],
    ['is served stale', { kind: 'failed', reason: 'error', stale: { value: { thing: 'a' }, ageMs: 1 } }],
    ['failed', { kind: 'failed', reason: 'timeout' }],
    ['refused the call', { kind: 'refused', status: 403 }],
  ])('a view has no modification date when one of its sources %s', async (_, outcome) => {
    const result = await compose(outcome, other());
    expect(result).toMatchObject({ kind: 'view' });
    expect((result as { lastModified?: number }).lastModified).toBeUndefined();
  });

  test.each([
    [
      'is the latest date when every source was read at least a second after that date',
      tuesday + 1_000,
      tuesday,
    ],
    ['is undefined when a source was read within the second of the latest date', tuesday + 999, undefined],
    ['is undefined when a source was read before the latest date, from a cache', monday + 5_000, undefined],
  ])('the modification date of a view %s', async (_, currentAt, expected) => {
    // A later change of the source could otherwise have the date that was already sent.
    const result = await compose(thing({ currentAt }), other({ currentAt: wednesday }));
    expect((result as { lastModified?: number }).lastModified).toBe(expected);
  });
});
