import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { dependent, screen, screenTable, source } from '../../src/index.ts';
import { carrier, owner, services, someThing, thing, thingAnswer } from '../services.ts';
import { after, hang, json } from '../upstream.ts';
import { somebody, startWorld, type World } from '../world.ts';

const parent = source(thing.byId, {
  as: 'thing',
  fallback: { id: '', title: 'Unknown', note: null, carrier_id: null, owner_id: null },
});
const ownerOf = dependent(parent, owner.byId, {
  with: ({ owner_id }) => (owner_id === null ? undefined : { id: owner_id }),
  as: 'owner',
  fallback: null,
});
const named = z.object({ id: z.string(), name: z.string() });
const owned = screen('owned', {
  summary: 'A thing and its owner',
  budgetMs: 1_200,
  sources: { thing: parent, owner: ownerOf },
  answer: z.object({ thing: thingAnswer, owner: named.nullable() }),
});

const first = source(thing.byId, { required: true, members: ['id', 'title', 'carrier_id'] });
const carrierOf = dependent(first, carrier.ofOwner, {
  // `userId` is taken from the request.
  with: ({ carrier_id }) => (carrier_id === null ? undefined : { id: carrier_id }),
  as: 'carrier',
  take: ({ id, name }) => ({ id, name }),
  fallback: null,
});
const personOf = dependent(carrierOf, owner.byId, {
  with: ({ id }) => ({ id }),
  fallback: { name: 'nobody' },
});
const chain = screen('chain', {
  summary: 'A thing, its carrier and the person behind it',
  budgetMs: 1_200,
  sources: { first, carrierOf, personOf },
  answer: z.object({ title: z.string(), carrier: named.nullable(), name: z.string() }),
});

const patientParent = source(thing.byId, { as: 'thing', required: true });
const hasty = screen('hasty', {
  summary: 'A dependent with little time of its own',
  budgetMs: 2_000,
  sources: {
    thing: patientParent,
    owner: dependent(patientParent, owner.byId, {
      with: () => ({ id: 'o1' }),
      as: 'owner',
      fallback: null,
      budgetMs: 400,
    }),
  },
  answer: z.object({ owner: named.nullable() }),
});

const versionedParent = source(thing.byId, { as: 'thing', required: true, versions: ['v2'] });
const versioned = screen('versioned', {
  summary: 'Versions with different sources',
  sources: {
    count: source(thing.count, { as: 'count', take: ({ count }) => count, fallback: 0 }),
    thing: versionedParent,
    owner: dependent(versionedParent, owner.byId, {
      with: () => ({ id: 'o1' }),
      as: 'owner',
      fallback: null,
      versions: ['v2'],
    }),
  },
  answers: {
    v1: { schema: z.object({ total: z.number() }), of: ({ count }) => ({ total: count }) },
    v2: {
      schema: z.object({ total: z.number(), owner: named.nullable() }),
      of: ({ count, owner: person }) => ({ total: count, owner: person }),
    },
  },
});

let world: World;
const table = screenTable({ 'GET /owned/{id}': owned, 'GET /chain/{id}': chain, 'GET /hasty/{id}': hasty });
beforeAll(async () => {
  world = await startWorld({ services, table });
});
afterAll(() => world.close());
beforeEach(() => {
  world.upstream.reset();
  world.upstream.on('GET /things/*', ({ params: [id] }) =>
    json(someThing(String(id), { owner_id: 'o1', carrier_id: 'c1' })),
  );
  world.upstream.on('GET /people/*', ({ params: [id] }) => json({ id, name: `Person ${id}` }));
  world.upstream.on('GET /owners/*/carriers/*', ({ params: [, id] }) => json({ id, name: `Carrier ${id}` }));
});
const paths = () => world.upstream.calls.map(({ path }) => path);

describe('a dependent source', () => {
  test("a dependent source is called with the parameters taken from its parent's answer", async () => {
    const { body } = await world.get('/owned/a');
    expect(body).toMatchObject({
      thing: { id: 'a' },
      owner: { id: 'o1', name: 'Person o1' },
      _meta: { complete: true },
    });
    expect(paths()).toEqual(['/things/a', '/people/o1']);
  });

  test('a dependent source takes `userId` from the request if not given, and may have dependents itself', async () => {
    const user = somebody();
    const { body } = await world.get('/chain/a', { user });
    expect(body).toMatchObject({
      title: 'Thing a',
      carrier: { id: 'c1', name: 'Carrier c1' },
      name: 'Person c1',
    });
    expect(paths()).toEqual(['/things/a', `/owners/${user}/carriers/c1`, '/people/c1']);
  });

  test('F11 a dependent source whose parent has no answer is not called, and is degraded under its own name for the same reason', async () => {
    world.upstream.on('GET /things/*', () => ({ status: 500 }));
    // Some sources have an answer, so the screen does not fail.
    const { status } = await world.get('/owned/a');
    expect(status).toBe(503);
    expect(paths()).toEqual(['/things/a']);

    world.upstream.on('GET /things/*', ({ params: [id] }) =>
      json(someThing(String(id), { carrier_id: 'c1' })),
    );
    world.upstream.on('GET /owners/*/carriers/*', () => ({ status: 429 }));
    world.upstream.calls.length = 0;
    const { body } = await world.get('/chain/a');
    expect(body).toMatchObject({ title: 'Thing a', carrier: null, name: 'nobody' });
    expect(body._meta.degraded).toEqual([
      { source: 'carrierOf', reason: 'shed', fallback: 'default' },
      { source: 'personOf', reason: 'shed', fallback: 'default' },
    ]);
    expect(paths()).not.toContain('/people/c1');
  });

  test('F11 a dependent source takes a stale answer of its parent as input', async () => {
    const user = somebody();
    await world.get('/owned/a', { user });
    world.upstream.on('GET /things/*', () => ({ status: 500 }));
    world.upstream.on('GET /people/*', ({ params: [id] }) => json({ id, name: 'Renamed' }));
    const { body } = await world.get('/owned/a', { user });
    expect(body).toMatchObject({ thing: { id: 'a' }, owner: { id: 'o1', name: 'Renamed' } });
    expect(body._meta.degraded).toMatchObject([{ source: 'thing', reason: 'error', fallback: 'stale' }]);
  });

  test('a dependent source is complete without a call when `with` returns undefined', async () => {
    world.upstream.on('GET /things/*', () => json(someThing('a')));
    const { body } = await world.get('/owned/a');
    expect(body).toMatchObject({ owner: null, _meta: { complete: true } });
    expect(paths()).toEqual(['/things/a']);
  });

  test('a dependent source is complete when its parent answers 404, and when it answers 404 itself', async () => {
    world.upstream.on('GET /people/*', () => ({ status: 404 }));
    expect((await world.get('/owned/a')).body).toMatchObject({ owner: null, _meta: { complete: true } });
    world.upstream.on('GET /things/*', () => ({ status: 404 }));
    expect((await world.get('/owned/a')).body).toMatchObject({
      thing: { title: 'Unknown' },
      owner: null,
      _meta: { complete: true },
    });
  });

  test('A2 when its parent hangs and has a stale answer, a dependent source still has a third of the budget', async () => {
    const user = somebody();
    await world.get('/owned/a', { user });
    world.upstream.on('GET /things/*', hang);
    world.upstream.on('GET /people/*', ({ params: [id] }) => after(100, json({ id, name: 'In time' })));
    const begun = performance.now();
    const { body } = await world.get('/owned/a', { user });
    const ms = performance.now() - begun;
    expect(body).toMatchObject({ thing: { id: 'a' }, owner: { name: 'In time' } });
    expect(body._meta.degraded).toMatchObject([{ source: 'thing', reason: 'timeout', fallback: 'stale' }]);
    expect(ms).toBeGreaterThan(700);
  });

  test('A2 a dependent source that hangs leaves time for its own dependents', async () => {
    const user = somebody();
    await world.get('/chain/a', { user });
    world.upstream.on('GET /owners/*/carriers/*', hang);
    const { body } = await world.get('/chain/a', { user });
    expect(body).toMatchObject({ carrier: { id: 'c1' }, name: 'Person c1' });
    expect(body._meta.degraded).toMatchObject([
      { source: 'carrierOf', reason: 'timeout', fallback: 'stale' },
    ]);
  });

  test('the budget of a dependent source starts when its parent has answered', async () => {
    world.upstream.on('GET /things/*', ({ params: [id] }) => after(600, json(someThing(String(id)))));
    expect((await world.get('/hasty/a')).body).toMatchObject({
      owner: { id: 'o1' },
      _meta: { complete: true },
    });
    world.upstream.on('GET /people/*', hang);
    expect((await world.get('/hasty/b')).body._meta.degraded).toMatchObject([
      { source: 'owner', reason: 'timeout' },
    ]);
  });
});

test.each([
  ['v1', { total: 7 }, ['/owners/u/count']],
  [
    'v2',
    { total: 7, owner: { id: 'o1', name: 'Person o1' } },
    ['/owners/u/count', '/things/a', '/people/o1'],
  ],
])(
  'a screen in version %s has its own answer, and calls only its own sources',
  async (version, answer, expected) => {
    const own = await startWorld({
      services,
      version,
      table: screenTable({ 'GET /versioned/{id}': { ...versioned, sources: { ...versioned.sources } } }),
    });
    own.upstream.on('GET /owners/*/count', () => json({ count: 7 }));
    own.upstream.on('GET /things/*', ({ params: [id] }) => json(someThing(String(id))));
    own.upstream.on('GET /people/*', ({ params: [id] }) => json({ id, name: `Person ${id}` }));
    const { body } = await own.get('/versioned/a', { user: 'u' });
    expect(body).toEqual({ ...answer, _meta: expect.objectContaining({ complete: true }) });
    expect(own.upstream.calls.map(({ path }) => path).sort()).toEqual([...expected].sort());
    await own.close();
  },
);
