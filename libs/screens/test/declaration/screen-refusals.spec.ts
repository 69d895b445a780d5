import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { dependent, each, page, screen, source } from '../../src/index.ts';
import { carrier, owner, thing } from '../services.ts';
import { refusal } from '../world.ts';

const summary = 'A screen';
const title = z.object({ title: z.string() });
const thingOf = (settings: object = {}) =>
  source(thing.byId, { as: 'thing', required: true, ...settings } as never);
/** Declares a screen as untyped JavaScript could. */
const declare = (sources: object, options: object = {}, name = 'thing') =>
  refusal(() => screen(name, { summary, sources, answer: z.object({}), ...options } as never));
const list = source(thing.recent, { as: 'things', take: ({ items }) => items, fallback: [] });
const ofItems = each(list, 'carrier_id', carrier.byId, { parameter: 'id', as: 'carrier', fallback: null });

describe('a wrong screen declaration throws at start, with its name and the reason', () => {
  test.each<[when: string, message: string, sources: object, options?: object]>([
    [
      'a source has no operation',
      'source "a" has no operation',
      { a: { ...thingOf(), operation: undefined } },
    ],
    [
      'a source is a write',
      'source "a" is a write (thing.create)',
      { a: source(thing.create as never, { as: 'a', required: true } as never) },
    ],
    [
      'a source is listed before the source that it depends on',
      'source "b" depends on a source that is not listed before it',
      {
        b: dependent(list, owner.byId, { with: () => ({ id: 'o1' }), as: 'owner', fallback: null }),
        a: list,
      },
    ],
    [
      'a source depends on a source of another screen',
      'source "b" depends on a source that is not listed before it',
      { b: each(list, 'id', carrier.byId, { parameter: 'id', as: 'carrier', fallback: null }) },
    ],
    [
      'a source depends on an `each` source',
      'source "c" depends on a source that is for each item of a list',
      {
        a: list,
        b: ofItems,
        c: dependent(ofItems as never, owner.byId, {
          with: () => ({ id: 'o1' }),
          as: 'owner',
          fallback: null,
        }),
      },
    ],
    [
      'a source is in a version that the source it depends on is not in',
      'source "b" is in a version that the source it depends on is not in',
      (() => {
        const a = source(thing.recent, {
          as: 'things',
          take: ({ items }) => items,
          fallback: [],
          versions: ['v1'],
        });
        return {
          a,
          b: each(a, 'id', carrier.byId, {
            parameter: 'id',
            as: 'carrier',
            fallback: null,
            versions: ['v1', 'v2'],
          }),
        };
      })(),
    ],
    [
      'an optional source has no fallback',
      'source "a" is not required and has no fallback',
      { a: source(thing.byId, { as: 'thing' }) },
    ],
    [
      'an `each` is declared for a source that gives no list',
      'source "b" is for each item of a source that is not a list: that source needs `as`',
      (() => {
        const a = source(thing.byId, { required: true, members: ['title'] });
        return {
          a,
          b: each(a as never, 'id' as never, carrier.byId, {
            parameter: 'id',
            as: 'carrier',
            fallback: null,
          }),
        };
      })(),
    ],
    [
      'a page has no name for its list',
      'source "a" is a page and needs `as`, the name of its list',
      {
        a: page(thing.recent, { take: () => [], next: () => null, required: true, members: ['x'] } as never),
      },
    ],
    [
      'two sources are pages',
      'it has two sources with a cursor',
      {
        a: page(thing.recent, { as: 'a', take: ({ items }) => items, next: () => null, required: true }),
        b: page(thing.recent, { as: 'b', take: ({ items }) => items, next: () => null, required: true }),
      },
    ],
    [
      'a source has a longer budget than the screen',
      `source "a": its budget of 3000 ms is above the screen's 2000 ms`,
      { a: thingOf({ budgetMs: 3_000 }) },
    ],
    [
      'a source gives no member',
      'source "a" gives no member',
      { a: source(thing.byId, { required: true, members: [] }) },
    ],
    [
      'a member has the name of the cursor',
      'source "a": the member "next_cursor" belongs to the protocol',
      { a: thingOf({ as: 'next_cursor' }) },
    ],
    [
      'a member has the name of the metadata',
      'source "a": the member "_meta" belongs to the protocol',
      { a: thingOf({ as: '_meta' }) },
    ],
    [
      'a member has the form of an internal name',
      'source "a": the member "#next" belongs to the protocol',
      { a: thingOf({ as: '#next' }) },
    ],
    [
      'it has neither answer nor answers',
      'it needs either `answer` or `answers`',
      { a: thingOf() },
      { answer: undefined },
    ],
    [
      'it has both answer and answers',
      'it needs either `answer` or `answers`',
      { a: thingOf() },
      { answers: {} },
    ],
    [
      'its root is not a member of its view',
      'its root "things[0]" is not a member of its view',
      { a: thingOf() },
      { root: 'things[0]' },
    ],
    [
      'its answer names a member that no source gives',
      'its answer names "title", which no source gives',
      { a: thingOf() },
      { answer: title },
    ],
    [
      'its answer is a list',
      'its answer is not an object, but of type "array"',
      { a: list },
      { root: 'things', answer: z.array(title) },
    ],
    [
      'a version of its answer is not an object',
      'its answer is not an object, but of type "string"',
      { a: thingOf() },
      { answer: undefined, answers: { v1: { schema: z.string(), of: String } } },
    ],
    [
      'two sources have a validator',
      'it has two sources with `validator`',
      {
        a: thingOf({ validator: true }),
        b: source(thing.settings, { as: 'settings', required: true, validator: true }),
      },
    ],
    [
      'the source with the validator depends on another source',
      'source "b" depends on another one and cannot have `validator`',
      {
        a: list,
        b: dependent(list, owner.byId, {
          with: () => undefined,
          as: 'owner',
          fallback: null,
          validator: true,
        } as never),
      },
    ],
    [
      'the answer shows more than the source with the validator',
      'source "a" has `validator`, but the answer shows more than this source',
      { a: source(thing.settings, { as: 'settings', required: true, validator: true }), b: thingOf() },
    ],
  ])('a screen declaration throws when %s', (_, message, sources, options = {}) => {
    expect(declare(sources, options)).toBe(`screen "thing": ${message}`);
  });

  test('a screen declaration throws when its name is not a token', () => {
    expect(declare({ a: thingOf() }, {}, 'a thing')).toBe('screen "a thing": its name is not a token');
  });
});
