import { del, get, patch, post, put, service } from '@bff/upstream-clients';
import { z } from 'zod';

/** The services of the tests: things with carriers and owners. */

export const thingAnswer = z.object({
  id: z.string(),
  title: z.string(),
  note: z.string().nullable(),
  carrier_id: z.string().nullable(),
  owner_id: z.string().nullable(),
  secret: z.string().optional(),
});
export const carrierAnswer = z.object({ id: z.string(), name: z.string(), phone: z.string().optional() });

/** Prevents tests from opening a breaker by accident. */
const breaker = { consecutiveFailures: 1_000, volumeThreshold: 1_000 };
const patient = { address: 'http://127.0.0.1:1', breaker };

export const thing = service('thing', patient, {
  byId: get('/things/{id}', { response: thingAnswer }),
  recent: get('/owners/{userId}/things', {
    query: { limit: z.number().optional(), cursor: z.string().optional() },
    response: z.object({ items: z.array(thingAnswer), next_cursor: z.string().nullable() }),
  }),
  count: get('/owners/{userId}/count', { response: z.object({ count: z.number() }) }),
  settings: get('/owners/{userId}/settings', { response: z.record(z.string(), z.unknown()) }),
  changeSettings: patch('/owners/{userId}/settings', {
    body: z.record(z.string(), z.unknown()),
    contentType: 'application/merge-patch+json',
    response: z.record(z.string(), z.unknown()),
  }),
  replaceSettings: put('/owners/{userId}/settings', {
    body: z.record(z.string(), z.unknown()),
    response: z.record(z.string(), z.unknown()),
  }),
  create: post('/things', {
    body: z.object({ title: z.string().min(1), note: z.string().nullable().optional() }),
    response: thingAnswer,
  }),
  remove: del('/things/{id}'),
  markSeen: post('/things/{id}/seen', { response: thingAnswer }),
});

export const carrier = service('carrier', patient, {
  byId: get('/carriers/{id}', { response: carrierAnswer }),
  byIds: get('/carriers', {
    query: { id: z.array(z.string()) },
    response: z.object({ items: z.array(carrierAnswer) }),
  }),
  ofOwner: get('/owners/{userId}/carriers/{id}', { response: carrierAnswer }),
});

export const owner = service('owner', patient, {
  byId: get('/people/{id}', { response: z.object({ id: z.string(), name: z.string() }) }),
  me: get('/owners/{userId}', { response: z.object({ id: z.string(), name: z.string(), mail: z.string() }) }),
  tags: get('/owners/{userId}/tags', {
    query: { limit: z.number().optional(), cursor: z.string().optional() },
    response: z.object({ items: z.array(z.string()) }),
  }),
});

export const services = { thing, carrier, owner };

type Thing = z.output<typeof thingAnswer>;
export const someThing = (id: string, changes: Partial<Thing> = {}): Thing => ({
  id,
  title: `Thing ${id}`,
  note: null,
  carrier_id: null,
  owner_id: null,
  ...changes,
});
