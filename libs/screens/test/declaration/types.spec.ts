import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { dependent, each, page, param, screen, screenTable, source, write } from '../../src/index.ts';
import { carrier, owner, services, thing, thingAnswer } from '../services.ts';

/**
 * Never called: the test is that this compiles. `tsc --build` fails when the line below a `@ts-expect-error`
 * is not an error. Accepted forms stand beside rejected ones, so that each rejection has only the named
 * reason.
 */
const summary = 'A screen';
const title = z.object({ title: z.string() });
const byId = source(thing.byId, { required: true, members: ['title', 'note', 'carrier_id'] });
const list = source(thing.recent, { as: 'things', take: ({ items }) => items, fallback: [] });

export function answers(): void {
  screen('a', { summary, sources: { byId }, answer: title });
  // @ts-expect-error no source gives the member `weight`
  screen('b', { summary, sources: { byId }, answer: title.extend({ weight: z.number() }) });
  // @ts-expect-error the title is a text
  screen('c', { summary, sources: { byId }, answer: z.object({ title: z.number() }) });
  screen('d', { summary, sources: { byId }, answer: z.object({ note: z.string().nullable() }) });
  // @ts-expect-error the note may be null, which `nulls: 'keep'` sends
  screen('e', { summary, sources: { byId }, answer: z.object({ note: z.string() }) });
  screen('f', { summary, sources: { byId }, nulls: 'strip', answer: z.object({ note: z.string() }) });
  screen('g', { summary, sources: { list }, answer: z.object({ things: z.array(title) }) });
  screen('h', {
    summary,
    sources: { list },
    // @ts-expect-error the items have no member `weight`
    answer: z.object({ things: z.array(z.object({ weight: z.number() })) }),
  });
  screen('i', { summary, sources: { list }, root: 'things[0]', answer: title });
  screen('j', {
    summary,
    sources: { list },
    root: 'things[0]',
    // @ts-expect-error the value at this root is a thing, which has no member `things`
    answer: z.object({ things: z.array(title) }),
  });
  screen('k', {
    summary,
    sources: { one: source(thing.byId, { as: 'one', required: true }) },
    root: 'one',
    // @ts-expect-error the member `secret` is optional
    answer: z.object({ secret: z.string() }),
  });
  screen('l', {
    summary,
    sources: { byId },
    answers: { v1: { schema: title, of: ({ title: name }) => ({ name }) } },
  });
  screen('m', {
    summary,
    sources: { byId },
    // @ts-expect-error a mapping cannot read a member that no source gives
    answers: { v1: { schema: title, of: ({ weight }) => ({ weight }) } },
  });
}

export function sources(): void {
  source(thing.recent, { with: { limit: 5 }, as: 'things', take: ({ items }) => items, fallback: [] });
  // @ts-expect-error `limit` is a number
  source(thing.recent, { with: { limit: 'five' }, as: 'things', take: ({ items }) => items, fallback: [] });
  // @ts-expect-error the operation has no parameter `size`
  source(thing.recent, { with: { limit: 5, size: 5 }, as: 'x', take: ({ items }) => items, fallback: [] });
  // @ts-expect-error the fallback is not a list of things
  source(thing.recent, { as: 'things', take: ({ items }) => items, fallback: 'none' });
  // @ts-expect-error the answer has no such member
  source(thing.recent, { as: 'things', take: ({ elements }) => elements, fallback: [] });
  // @ts-expect-error the answer has no member `weight`
  source(thing.byId, { required: true, members: ['weight'] });
  // @ts-expect-error the title is a text
  source(thing.byId, { fallback: { title: 0 } });
  page(thing.recent, {
    as: 'things',
    take: ({ items }) => items,
    // @ts-expect-error the cursor is a text
    next: ({ items }) => items.length,
    required: true,
  });
  const nullable = source(thing.byId, { as: 'one', fallback: null });
  screen('null', { summary, sources: { nullable }, answer: z.object({ one: thingAnswer.nullable() }) });
  // @ts-expect-error null is the fallback, and `nulls: 'keep'` sends it
  screen('none', { summary, sources: { nullable }, answer: z.object({ one: thingAnswer }) });
}

export function tables(): void {
  const one = screen('one', { summary, sources: { byId }, answer: title });
  const renamed = screen('renamed', {
    summary,
    sources: {
      a: source(thing.byId, { with: { id: param('thingId') }, required: true, members: ['title'] }),
    },
    answer: title,
  });
  const create = write('create', { summary, call: thing.create, screen: 'one', answer: title });
  const remove = write('remove', { summary, call: thing.remove, screen: 'one', answerWith: 'none' });
  screenTable({ 'GET /things/{id}': one, 'GET /named/{thingId}': renamed, 'POST /things': create });
  // @ts-expect-error the path does not give `id`
  screenTable({ 'GET /things': one });
  // @ts-expect-error the path does not give `thingId`
  screenTable({ 'GET /things/{id}': renamed });
  // @ts-expect-error a write is not made with GET
  screenTable({ 'GET /things': create });
  // @ts-expect-error a screen is read with GET
  screenTable({ 'POST /things/{id}': one });
  // @ts-expect-error the path does not give `id`
  screenTable({ 'DELETE /things': remove });
  // @ts-expect-error a service is not an entry
  screenTable({ 'GET /things': services.thing });
}

export function dependents(): void {
  dependent(byId, owner.byId, {
    with: ({ owner_id }) => (owner_id === null ? undefined : { id: owner_id }),
    as: 'owner',
    fallback: null,
  });
  dependent(byId, carrier.ofOwner, { with: ({ id }) => ({ id }), as: 'carrier', fallback: null });
  // @ts-expect-error the parameter is `id`
  dependent(byId, owner.byId, { with: ({ id }) => ({ ownerId: id }), as: 'owner', fallback: null });
  // @ts-expect-error `id` is missing
  dependent(byId, owner.byId, { with: () => ({}), as: 'owner', fallback: null });
  // @ts-expect-error `id` is a text
  dependent(byId, owner.byId, { with: () => ({ id: 1 }), as: 'owner', fallback: null });
  // @ts-expect-error the answer of the parent has no such member
  dependent(byId, owner.byId, { with: ({ weight }) => ({ id: weight }), as: 'owner', fallback: null });
  // @ts-expect-error a source that may have no input cannot be required
  dependent(byId, owner.byId, { with: ({ id }) => ({ id }), as: 'owner', fallback: null, required: true });
}

export function eachItem(): void {
  const carriers = each(list, 'carrier_id', carrier.byId, { parameter: 'id', as: 'carrier', fallback: null });
  const item = z.object({ title: z.string(), carrier: z.object({ name: z.string() }).nullable() });
  screen('carried', { summary, sources: { list, carriers }, answer: z.object({ things: z.array(item) }) });
  screen('lost', {
    summary,
    sources: { list, carriers },
    // @ts-expect-error the carrier may be null
    answer: z.object({ things: z.array(item.extend({ carrier: z.object({ name: z.string() }) })) }),
  });
  each(list, 'carrier_id', carrier.byId, {
    parameter: 'id',
    as: 'carrier',
    take: ({ name }) => name,
    fallback: '',
  });
  each(list, 'carrier_id', carrier.byIds, {
    parameter: 'id',
    list: ({ items }) => items,
    by: 'id',
    as: 'carrier',
    fallback: null,
  });
  each(list, 'carrier_id', carrier.byIds, {
    parameter: 'id',
    list: ({ items }) => items,
    by: 'id',
    as: 'carrier',
    take: ({ name }) => name,
    fallback: '',
  });
  // @ts-expect-error the items have no member `weight`
  each(list, 'weight', carrier.byId, { parameter: 'id', as: 'carrier', fallback: null });
  // @ts-expect-error the source gives no list
  each(byId, 'carrier_id', carrier.byId, { parameter: 'id', as: 'carrier', fallback: null });
  // @ts-expect-error the operation has no parameter `carrierId`
  each(list, 'carrier_id', carrier.byId, { parameter: 'carrierId', as: 'carrier', fallback: null });
  each(list, 'carrier_id', carrier.byId, {
    parameter: 'id',
    as: 'carrier',
    take: ({ name }) => name,
    // @ts-expect-error the fallback is not a text
    fallback: 0,
  });
  each(list, 'carrier_id', carrier.byIds, {
    parameter: 'id',
    list: ({ items }) => items,
    // @ts-expect-error the items of the batch have no member `key`
    by: 'key',
    as: 'carrier',
    fallback: null,
  });
  const byDepot = get('/depots/{depot}/carriers/{id}');
  const further = each(list, 'carrier_id', byDepot, { parameter: 'id', as: 'carrier', fallback: null });
  const fixed = each(list, 'carrier_id', byDepot, {
    parameter: 'id',
    with: { depot: 'd1' },
    as: 'carrier',
    fallback: null,
  });
  screenTable({
    'GET /depots/{depot}': screen('depot', { summary, sources: { list, further }, answer: z.object({}) }),
  });
  screenTable({ 'GET /all': screen('all', { summary, sources: { list, fixed }, answer: z.object({}) }) });
  // @ts-expect-error the path does not give `depot`
  screenTable({ 'GET /none': screen('none', { summary, sources: { list, further }, answer: z.object({}) }) });
}

/** For type inference only. */
declare function get<const Path extends `/${string}`>(
  path: Path,
): typeof carrier.byId & { readonly input?: { readonly depot: string; readonly id: string } };

export function writes(): void {
  write('ok', { summary, call: thing.create, screen: 'one', answer: title });
  // @ts-expect-error the operation's answer has no member `weight`
  write('no', { summary, call: thing.create, screen: 'one', answer: z.object({ weight: z.number() }) });
  // @ts-expect-error the operation has no parameter `weight`
  write('no', { summary, call: thing.create, with: { weight: 1 }, screen: 'one', answer: title });
  write('no', {
    summary,
    call: thing.create,
    // @ts-expect-error the operation's body has a title
    body: z.object({ weight: z.number() }),
    screen: 'one',
    answer: title,
  });
  // @ts-expect-error the write names no screen whose policy applies
  write('no', { summary, call: thing.create, answer: title });
  // @ts-expect-error If-Match needs a screen
  write('no', { summary, call: thing.create, screen: 'one', answer: title, ifMatch: true });
}

test('the compiler checks the types of the declarations in this file, whose functions are never called', () => {
  expect([answers, sources, tables, dependents, eachItem, writes].map(({ length }) => length)).toEqual(
    Array(6).fill(0),
  );
});
