import { z } from 'zod';
import { dependent, page, screen, source } from '../src/index.ts';
import { owner, thing, thingAnswer } from './services.ts';

/** The things of a user, page by page. */
export const recentThings = page(thing.recent, {
  as: 'things',
  take: ({ items }) => items,
  next: ({ next_cursor }) => next_cursor,
  required: true,
});

const one = source(thing.byId, { as: 'thing', required: true });

/** A screen with a source that depends on another. */
export const owned = screen('owned', {
  summary: 'A thing and its owner',
  sources: {
    thing: one,
    owner: dependent(one, owner.byId, {
      with: ({ owner_id }) => (owner_id === null ? undefined : { id: owner_id }),
      as: 'owner',
      fallback: null,
    }),
  },
  answer: z.object({ thing: thingAnswer, owner: z.object({ id: z.string(), name: z.string() }).nullable() }),
});
