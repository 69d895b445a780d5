import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createMemoryStore, type StateStore } from '@bff/service-kit';
import { z } from 'zod';
import { each, screen, screenTable, source, write } from '../../src/index.ts';
import { carrier, carrierAnswer, owner, services, someThing, thing, thingAnswer } from '../services.ts';
import { owned, recentThings } from '../thing-screens.ts';
import { json } from '../upstream.ts';
import { somebody, startWorld, type World } from '../world.ts';

const carried = screen('carried', {
  summary: 'Things with their carriers',
  sources: {
    things: recentThings,
    carriers: each(recentThings, 'carrier_id', carrier.byIds, {
      parameter: 'id',
      list: ({ items }) => items,
      by: 'id',
      as: 'carrier',
      fallback: null,
    }),
  },
  answer: z.object({
    things: z.array(thingAnswer.extend({ carrier: carrierAnswer.nullable() })),
    next_cursor: z.string().nullable(),
  }),
});
const me = screen('me', {
  summary: 'The user',
  sources: { me: source(owner.me, { required: true, members: ['name', 'mail'] }) },
  answer: z.object({ name: z.string(), mail: z.string() }),
});
const settings = screen('settings', {
  summary: 'Settings',
  sources: { settings: source(thing.settings, { as: 'settings', fallback: {}, validator: true }) },
  root: 'settings',
  answer: z.record(z.string(), z.unknown()),
});
const changeSettings = write('changeSettings', {
  summary: 'Change settings',
  call: thing.changeSettings,
  of: settings,
  ifMatch: true,
});

const hidden = 'kept-from-the-tenant';
const fresh = { 'Cache-Control': 'max-age=60, stale-if-error=600' };
const confirmable = { 'Cache-Control': 'no-cache', ETag: '"1"' };

/** Everything that was ever written to the shared store. */
const writes: string[] = [];
const memory = createMemoryStore();
const sharedCache: StateStore = {
  ...memory,
  async set(key, value, ttlMs) {
    writes.push(String(value));
    return memory.set(key, value, ttlMs);
  },
};

let world: World;
beforeAll(async () => {
  world = await startWorld({
    services,
    table: screenTable({
      'GET /owned/{id}': owned,
      'GET /carried': carried,
      'GET /me': me,
      'GET /settings': settings,
      'PATCH /settings': changeSettings,
    }),
    sharedCache,
    tenants: {
      names: { fields: { blocked: ['secret', 'phone', 'mail'] } },
      paths: {
        fields: { blocked: ['thing.note', 'things[*].note', 'things.carrier.phone', 'settings.pin'] },
      },
      list: { fields: { allowed: ['thing.title', 'things[*].title', 'owner', 'name', 'settings.tone'] } },
      keys: { fields: { blocked: ['owner_id', 'carrier_id'] } },
    },
  });
});
afterAll(async () => {
  await world.close();
});
beforeEach(() => {
  writes.length = 0;
  world.upstream.reset();
});

/** An upstream whose answers contain marked values that neither answers nor caches may contain. */
function serveThings(headers: Readonly<Record<string, string>> = fresh): void {
  const marked = { note: hidden, secret: hidden };
  world.upstream.on('GET /things/*', ({ params: [id = ''] }) =>
    json(someThing(id, { ...marked, owner_id: 'o1' }), headers),
  );
  world.upstream.on('GET /people/*', ({ params: [id = ''] }) => json({ id, name: `Owner ${id}` }, headers));
  world.upstream.on('GET /owners/*/things', () =>
    json(
      {
        items: ['a', 'b'].map((id) => someThing(id, { ...marked, carrier_id: `c-${id}` })),
        next_cursor: 'more',
      },
      headers,
    ),
  );
  world.upstream.on('GET /carriers', ({ query }) =>
    json({ items: query.getAll('id').map((id) => ({ id, name: `Carrier ${id}`, phone: hidden })) }, headers),
  );
  world.upstream.on('GET /owners/*', () => json({ id: 'x', name: 'Ann', mail: hidden }, headers));
}

describe('F40 a value that a tenant may not see', () => {
  test.each([
    ['names', '/me', { name: 'Ann' }],
    ['list', '/me', { name: 'Ann' }],
    ['list', '/owned/t7', { thing: { title: 'Thing t7' }, owner: { id: 'o1', name: 'Owner o1' } }],
    ['list', '/carried', { things: [{ title: 'Thing a' }, { title: 'Thing b' }] }],
  ])(
    'a hidden value is in no cache under the policy "%s", and a second GET %s has the same complete answer',
    async (tenant, path, expected) => {
      serveThings();
      const caller = { user: somebody(), tenant };
      const first = await world.get(path, caller).expect(200);
      expect(first.body).toMatchObject(expected);
      const calls = world.upstream.calls.length;
      const again = await world.get(path, caller).expect(200);
      expect(again.body).toEqual(first.body);
      expect(writes.join()).not.toContain(hidden);
      // If a dependent call needs a hidden value (the key of an allowlisted item), its parent is not cached.
      if (path === '/me') expect(world.upstream.calls).toHaveLength(calls);
    },
  );

  test('a value is in no cache when the policy hides it by a path in a list or in the values of the list items', async () => {
    serveThings();
    const caller = { user: somebody(), tenant: 'paths' };
    const { body } = await world.get('/carried', caller).expect(200);
    expect(body.things[0].carrier).toEqual({ id: 'c-a', name: 'Carrier c-a' });
    expect(body.things[0]).not.toHaveProperty('note');
    expect(body.next_cursor).toEqual(expect.any(String));
    expect(writes.length).toBeGreaterThan(1);
    expect(writes.join()).not.toContain(`"note":"${hidden}"`);
    expect(writes.join()).not.toContain('phone');
    const calls = world.upstream.calls.length;
    expect((await world.get('/carried', caller)).body).toEqual(body);
    expect(world.upstream.calls).toHaveLength(calls);
  });

  test('a hidden value is not in a stale answer, from which a dependent source still gets its input (F11)', async () => {
    serveThings(confirmable);
    const caller = { user: somebody(), tenant: 'names' };
    const staleable = { 'Cache-Control': 'max-age=0, stale-if-error=600' };
    world.upstream.on('GET /things/*', () =>
      json(someThing('t1', { secret: hidden, owner_id: 'o9' }), staleable),
    );
    await world.get('/owned/t1', caller).expect(200);
    world.upstream.on('GET /things/*', () => ({ status: 500 }));
    const { body } = await world.get('/owned/t1', caller).expect(200);
    expect(body.thing).toMatchObject({ title: 'Thing t1' });
    expect(body.thing).not.toHaveProperty('secret');
    expect(body.owner).toEqual({ id: 'o9', name: 'Owner o9' });
    expect(body._meta.degraded).toMatchObject([{ source: 'thing', fallback: 'stale' }]);
    expect(writes.join()).not.toContain(hidden);
  });

  test('a hidden value that a dependent call needs is never cached, and the call is still made', async () => {
    serveThings();
    const caller = { user: somebody(), tenant: 'keys' };
    for (const turn of [1, 2]) {
      const { body } = await world.get('/owned/t1', caller).expect(200);
      expect(body.owner).toEqual({ id: 'o1', name: 'Owner o1' });
      expect(body.thing).not.toHaveProperty('owner_id');
      const { body: list } = await world.get('/carried', caller).expect(200);
      expect(list.things[1].carrier).toMatchObject({ id: 'c-b' });
      expect(list.things[1]).not.toHaveProperty('carrier_id');
      expect(world.upstream.calls.filter(({ path }) => path === '/things/t1')).toHaveLength(turn);
    }
    expect(writes.join()).not.toContain('owner_id');
    expect(writes.join()).not.toContain('carrier_id');
  });

  test('a write that reads the current representation does not cache a hidden value', async () => {
    const caller = { user: somebody(), tenant: 'paths' };
    const all = { tone: 'low', pin: hidden };
    world.upstream.on('GET /owners/*/settings', () => json(all, { ...fresh, ETag: '"1"' }));
    world.upstream.on('PATCH /owners/*/settings', () => json(all, { ETag: '"2"' }));
    const { headers } = await world.get('/settings', caller).expect(200);
    await world
      .send('patch', '/settings', caller)
      .set('If-Match', headers['etag']!)
      .send({ pin: '1' })
      .expect(422);
    await world
      .send('patch', '/settings', caller)
      .set('If-Match', headers['etag']!)
      .send({ tone: 'high' })
      .expect(200);
    expect(writes.length).toBeGreaterThan(0);
    expect(writes.join()).not.toContain(hidden);
  });

  test('under a policy, a screen shows the new value after a write, not its shared cache entry', async () => {
    const caller = { user: somebody(), tenant: 'paths' };
    let tone = 'low';
    world.upstream.on('GET /owners/*/settings', () => json({ tone }, { ...fresh, ETag: `"${tone}"` }));
    world.upstream.on('PATCH /owners/*/settings', () => json({ tone: (tone = 'high') }, { ETag: '"high"' }));
    await world.get('/settings', caller).expect(200);
    await world.send('patch', '/settings', caller).set('If-Match', '*').send({ tone: 'high' }).expect(200);
    expect((await world.get('/settings', caller)).body).toMatchObject({ tone: 'high' });
  });

  test('the screens of a tenant without a policy share one cache entry that contains the complete value', async () => {
    serveThings();
    const caller = { user: somebody() };
    const { body } = await world.get('/owned/t1', caller).expect(200);
    expect(body.thing.secret).toBe(hidden);
    expect(JSON.parse(writes.find((text) => text.includes(hidden))!)).not.toHaveProperty('projection');
  });
});
