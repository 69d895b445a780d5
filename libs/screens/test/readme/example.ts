import { dependent, each, page, screen, screenTable, source, write } from '../../src/index.ts';
import { z } from 'zod';
import { carrier, owner, thing } from '../services.ts';

const item = z.object({ id: z.string(), title: z.string() }).meta({ id: 'Thing' });

/** One thing with its owner, found by the id in the thing. */
const oneThing = source(thing.byId, { required: true, members: ['id', 'title', 'owner_id'] });
export const thingScreen = screen('thing', {
  summary: 'One thing',
  sources: {
    thing: oneThing,
    owner: dependent(oneThing, owner.byId, {
      with: ({ owner_id }) => (owner_id === null ? undefined : { id: owner_id }),
      as: 'owner',
      fallback: null,
    }),
    count: source(thing.count, { as: 'count', take: ({ count }) => count, fallback: 0, budgetMs: 500 }),
  },
  answer: item.extend({ owner: z.object({ name: z.string() }).nullable(), count: z.int() }),
});

/** A page of things, each with its carrier. */
const list = page(thing.recent, {
  as: 'things',
  take: ({ items }) => items,
  next: ({ next_cursor }) => next_cursor,
  required: true,
});
export const thingsScreen = screen('things', {
  summary: 'Things, the latest first',
  sources: {
    things: list,
    carriers: each(list, 'carrier_id', carrier.byId, { parameter: 'id', as: 'carrier', fallback: null }),
  },
  answer: z.object({
    things: z.array(item.extend({ carrier: z.object({ name: z.string() }).nullable() })),
    next_cursor: z.string().nullable(),
  }),
});

/** Settings, and their change by a merge patch. */
export const settings = screen('settings', {
  summary: 'Settings; their ETag is what a change needs',
  sources: { settings: source(thing.settings, { as: 'settings', required: true, validator: true }) },
  root: 'settings',
  answer: z.record(z.string(), z.unknown()),
});
export const changeSettings = write('changeSettings', {
  summary: 'Change settings',
  call: thing.changeSettings,
  of: settings,
  ifMatch: true,
});

export const screens = screenTable({
  'GET /things': thingsScreen,
  'GET /things/{id}': thingScreen,
  'GET /settings': settings,
  'PATCH /settings': changeSettings,
});
