import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { until } from '@bff/testbed';
import { each, screen, screenTable, source } from '../../src/index.ts';
import { carrier, services, someThing, thing } from '../services.ts';
import { after, hang, json } from '../upstream.ts';
import { somebody, startWorld, type World } from '../world.ts';

const things = source(thing.recent, { as: 'things', take: ({ items }) => items, fallback: [] });
const item = z.object({ id: z.string(), carrier: z.object({ id: z.string(), name: z.string() }).nullable() });
const carried = z.object({ things: z.array(item) });

const one = each(things, 'carrier_id', carrier.byId, {
  parameter: 'id',
  as: 'carrier',
  fallback: null,
  concurrency: 3,
});
const single = screen('single', {
  summary: 'Things with their carriers, one call each',
  budgetMs: 1_200,
  sources: { things, carriers: one },
  answer: carried,
});
const batch = each(things, 'carrier_id', carrier.byIds, {
  parameter: 'id',
  list: ({ items }) => items,
  by: 'id',
  as: 'carrier',
  fallback: null,
  size: 4,
});
const batched = screen('batched', {
  summary: 'Things with their carriers, several in one call',
  budgetMs: 1_200,
  sources: { things, carriers: batch },
  answer: carried,
});
const ofOwner = screen('of-owner', {
  summary: 'Calls that need more than a key',
  sources: {
    things,
    carriers: each(things, 'carrier_id', carrier.ofOwner, { parameter: 'id', as: 'carrier', fallback: null }),
    notes: each(things, 'id', thing.byId, {
      parameter: 'id',
      as: 'copy',
      take: ({ note }) => note ?? '',
      fallback: '',
    }),
  },
  answer: z.object({ things: z.array(item.extend({ copy: z.string() })) }),
});
const latest = screen('latest', {
  summary: 'The latest thing with its carrier',
  budgetMs: 1_200,
  sources: { things, carriers: one },
  root: 'things[0]',
  answer: item,
});
const counted = screen('counted', {
  summary: 'Things with their carriers beside something else',
  sources: {
    count: source(thing.count, { as: 'count', take: ({ count }) => count, fallback: 0 }),
    things,
    carriers: one,
  },
  answer: carried.extend({ count: z.number() }),
});
const brief = screen('brief', {
  summary: 'Calls with a budget of their own',
  budgetMs: 2_000,
  sources: {
    things,
    carriers: each(things, 'carrier_id', carrier.byId, {
      parameter: 'id',
      as: 'carrier',
      fallback: null,
      budgetMs: 400,
    }),
  },
  answer: carried,
});

let world: World;
beforeAll(async () => {
  world = await startWorld({
    services,
    table: screenTable({
      'GET /single': single,
      'GET /batched': batched,
      'GET /of-owner': ofOwner,
      'GET /latest': latest,
      'GET /brief': brief,
      'GET /counted': counted,
    }),
    tenants: {
      nophone: { fields: { blocked: ['things.carrier.name'] } },
      t2: { fallbacks: { counted: { things: [someThing('house', { carrier_id: 'c1' })] } } },
    },
  });
});
afterAll(() => world.close());

/** 100 things carried by 7 carriers. */
const hundred = Array.from({ length: 100 }, (_, index) =>
  someThing(`t${index}`, { carrier_id: `c${index % 7}` }),
);
const list = (items: unknown[]) => () => json({ items, next_cursor: null });
const carrierOf = (id: string | undefined) => ({ id, name: `Carrier ${id}`, phone: '1' });
beforeEach(() => {
  world.upstream.reset();
  world.answers.length = 0;
  world.upstream.on('GET /owners/*/things', list(hundred));
  world.upstream.on('GET /owners/*/count', () => json({ count: 7 }));
  world.upstream.on('GET /carriers/*', ({ params: [id] }) => json(carrierOf(id)));
  world.upstream.on('GET /owners/*/carriers/*', ({ params: [, id] }) => json(carrierOf(id)));
  world.upstream.on('GET /carriers', ({ query }) =>
    json({ items: query.getAll('id').map(carrierOf).reverse() }),
  );
  world.upstream.on('GET /things/*', ({ params: [id] }) =>
    json(someThing(String(id), { note: `note of ${id}` })),
  );
});
const carrierCalls = () => world.upstream.calls.filter(({ path }) => path.startsWith('/carriers'));
type Item = { readonly id: string; readonly carrier: { readonly id: string; readonly name: string } | null };
const carriersIn = ({ body }: { readonly body: { readonly things: readonly Item[] } }) =>
  body.things.map(({ carrier: found }) => found?.id ?? null);

describe('one call for each item', () => {
  test('an `each` over 100 items of 7 carriers makes 7 calls, and every item has its carrier', async () => {
    const answer = await world.get('/single');
    expect(answer.body._meta.complete).toBe(true);
    expect(carriersIn(answer)).toEqual(hundred.map(({ carrier_id }) => carrier_id));
    expect(answer.body.things[9]).toEqual({ id: 't9', carrier: { id: 'c2', name: 'Carrier c2' } });
    expect(
      carrierCalls()
        .map(({ path }) => path)
        .sort(),
    ).toEqual(Array.from({ length: 7 }, (_, n) => `/carriers/c${n}`));
  });

  test('an `each` runs at most as many calls at a time as declared', async () => {
    world.upstream.on('GET /carriers/*', ({ params: [id] }) => after(30, json(carrierOf(id))));
    world.upstream.on(
      'GET /owners/*/things',
      list(hundred.map((each_, n) => ({ ...each_, carrier_id: `c${n % 12}` }))),
    );
    expect((await world.get('/single')).body._meta.complete).toBe(true);
    expect(carrierCalls()).toHaveLength(12);
    expect(world.upstream.maxInFlight()).toBe(3);
  });

  test('A1 when one call of an `each` fails, only its own items have the fallback, and the source is named once in degraded', async () => {
    world.upstream.on('GET /carriers/c3', () => ({ status: 500 }));
    const answer = await world.get('/single');
    expect(answer.status).toBe(200);
    expect(carriersIn(answer)).toEqual(
      hundred.map(({ carrier_id }) => (carrier_id === 'c3' ? null : carrier_id)),
    );
    expect(answer.body._meta.degraded).toEqual([
      { source: 'carriers', reason: 'error', fallback: 'default' },
    ]);
    expect(world.answers[0]?.degradedFields).toEqual(['things']);
  });

  test('A2 when one call of an `each` hangs, only its own items have the fallback', async () => {
    world.upstream.on('GET /carriers/c0', hang);
    const answer = await world.get('/single');
    expect(carriersIn(answer)).toEqual(
      hundred.map(({ carrier_id }) => (carrier_id === 'c0' ? null : carrier_id)),
    );
    expect(answer.body._meta.degraded).toEqual([
      { source: 'carriers', reason: 'timeout', fallback: 'default' },
    ]);
  });

  test('A2 calls of an `each` that hang in every slot leave time for the queued calls', async () => {
    for (const id of ['c0', 'c1', 'c2']) world.upstream.on(`GET /carriers/${id}`, hang);
    const answer = await world.get('/single');
    expect(new Set(carriersIn(answer))).toEqual(new Set([null, 'c3', 'c4', 'c5', 'c6']));
  });

  test('A8 an `each` over a list of 1,001 keys makes at most 1,000 calls, and the other items have the fallback', async () => {
    const many = Array.from({ length: 1_001 }, (_, n) => someThing(`t${n}`, { carrier_id: `c${n}` }));
    world.upstream.on('GET /owners/*/things', list(many));
    const answer = await world.get('/single');
    expect(carrierCalls().length).toBeLessThanOrEqual(1_000);
    expect(carriersIn(answer)[1_000]).toBeNull();
    expect(answer.body._meta.degraded).toEqual([{ source: 'carriers', reason: 'shed', fallback: 'default' }]);
  });

  test('an item whose carrier does not exist has the fallback, and the answer is complete', async () => {
    world.upstream.on('GET /carriers/c3', () => ({ status: 404 }));
    const answer = await world.get('/single');
    expect(carriersIn(answer)[3]).toBeNull();
    expect(answer.body._meta.complete).toBe(true);
  });

  test('an item without a key has the fallback without a call', async () => {
    world.upstream.on(
      'GET /owners/*/things',
      list([someThing('a'), someThing('b', { carrier_id: '' }), someThing('c', { carrier_id: 'c1' })]),
    );
    expect(carriersIn(await world.get('/single'))).toEqual([null, null, 'c1']);
    expect(carrierCalls()).toHaveLength(1);
  });

  test('an item whose key cannot be a path segment has the fallback, and the others are complete', async () => {
    world.upstream.on(
      'GET /owners/*/things',
      list([someThing('a', { carrier_id: '..' }), someThing('b', { carrier_id: 'c/1' })]),
    );
    expect(carriersIn(await world.get('/single'))).toEqual([null, 'c/1']);
  });

  test('an `each` over an empty list makes no call', async () => {
    world.upstream.on('GET /owners/*/things', list([]));
    expect((await world.get('/single')).body).toMatchObject({ things: [], _meta: { complete: true } });
    expect(carrierCalls()).toEqual([]);
  });

  test('A7 stale answers to the calls of an `each` are shown, and degraded has the source with the oldest age', async () => {
    const user = somebody();
    await world.get('/single', { user });
    await after(30, {});
    world.upstream.on('GET /carriers/*', () => ({ status: 500 }));
    const answer = await world.get('/single', { user });
    expect(carriersIn(answer)).toEqual(hundred.map(({ carrier_id }) => carrier_id));
    expect(answer.body._meta.degraded).toEqual([
      { source: 'carriers', reason: 'error', fallback: 'stale', age_ms: expect.any(Number) },
    ]);
    expect(answer.body._meta.degraded[0].age_ms).toBeGreaterThanOrEqual(20);
  });

  test('F11 when the source of the list fails, the `each` makes no call and is reported as degraded under its own name', async () => {
    world.upstream.on('GET /owners/*/things', () => ({ status: 429 }));
    const { body } = await world.get('/counted', { tenant: 't2' });
    expect(body).toMatchObject({ count: 7, things: [{ id: 'house', carrier: null }] });
    expect(body._meta.degraded).toEqual([
      { source: 'things', reason: 'shed', fallback: 'tenant' },
      { source: 'carriers', reason: 'shed', fallback: 'default' },
    ]);
    expect(carrierCalls()).toEqual([]);
  });

  test('F11 when the list of an `each` is stale, its keys are used', async () => {
    const user = somebody();
    world.upstream.on('GET /owners/*/things', list(hundred));
    await world.get('/single', { user });
    world.upstream.on('GET /owners/*/things', () => ({ status: 500 }));
    world.upstream.calls.length = 0;
    const answer = await world.get('/single', { user });
    expect(carriersIn(answer)).toEqual(hundred.map(({ carrier_id }) => carrier_id));
    expect(answer.body._meta.degraded).toMatchObject([{ source: 'things', fallback: 'stale' }]);
    expect(carrierCalls()).toHaveLength(7);
  });

  test('an `each` takes its other parameters from the request, and two `each` sources can enrich the same list', async () => {
    const user = somebody();
    const { body } = await world.get('/of-owner', { user });
    expect(body.things[8]).toEqual({
      id: 't8',
      carrier: { id: 'c1', name: 'Carrier c1' },
      copy: 'note of t8',
    });
    expect(
      world.upstream.calls.filter(({ path }) => path.startsWith(`/owners/${user}/carriers/`)),
    ).toHaveLength(7);
  });

  test('the values that an `each` adds to items are filtered by the policy like any other part of the view', async () => {
    const { body } = await world.get('/single', { tenant: 'nophone' });
    expect(body.things[0]).toEqual({ id: 't0', carrier: { id: 'c0' } });
  });

  test('when the answer is a single item, a failed call degrades one member of the answer', async () => {
    expect((await world.get('/latest')).body).toMatchObject({ id: 't0', carrier: { id: 'c0' } });
    world.upstream.on('GET /carriers/c0', () => ({ status: 500 }));
    await world.get('/latest');
    expect(world.answers[1]?.degradedFields).toEqual(['carrier']);
  });

  test('the budget of an `each` starts when its list has arrived', async () => {
    world.upstream.on('GET /owners/*/things', () => after(600, json({ items: hundred, next_cursor: null })));
    expect((await world.get('/brief')).body._meta.complete).toBe(true);
    world.upstream.on('GET /carriers/c0', hang);
    const answer = await world.get('/brief');
    expect(answer.body._meta.degraded).toMatchObject([{ source: 'carriers', reason: 'timeout' }]);
  });

  test('A3 when the client disconnects, the running calls of an `each` are aborted and no other call starts', async () => {
    world.upstream.on('GET /carriers/*', hang);
    const client = new AbortController();
    const headers = { 'X-Test-User': somebody(), 'X-Test-Tenant': 't1' };
    const request = fetch(`${world.url}/api/single`, { signal: client.signal, headers });
    await until(() => carrierCalls().length === 3);
    client.abort();
    await expect(request).rejects.toThrow();
    await until(() => carrierCalls().every(({ aborted }) => aborted()));
    // A call that started in place of an aborted one would arrive before the answer to a later request.
    const paths = carrierCalls().map(({ path }) => path);
    await world.get('/batched');
    const others = carrierCalls().filter(
      ({ path }) => path.startsWith('/carriers/') && !paths.includes(path),
    );
    expect(others).toEqual([]);
  });
});

describe('one call for several items', () => {
  test('an `each` with batches sends several keys in one call, and matches the answers by key and not by position', async () => {
    const answer = await world.get('/batched');
    expect(answer.body._meta.complete).toBe(true);
    expect(carriersIn(answer)).toEqual(hundred.map(({ carrier_id }) => carrier_id));
    expect(carrierCalls().map(({ query }) => query.getAll('id'))).toEqual([
      ['c0', 'c1', 'c2', 'c3'],
      ['c4', 'c5', 'c6'],
    ]);
  });

  test('in a batch, an item whose key is missing in the answer has the fallback, and the answer is complete', async () => {
    world.upstream.on('GET /carriers', ({ query }) =>
      json({
        items: query
          .getAll('id')
          .filter((id) => id !== 'c5')
          .map(carrierOf),
      }),
    );
    const answer = await world.get('/batched');
    expect(carriersIn(answer)).toEqual(
      hundred.map(({ carrier_id }) => (carrier_id === 'c5' ? null : carrier_id)),
    );
    expect(answer.body._meta.complete).toBe(true);
  });

  test('A1 when a batch of an `each` fails, only the items of this batch have the fallback', async () => {
    world.upstream.on('GET /carriers', ({ query }) =>
      query.has('id', 'c5') ? { status: 500 } : json({ items: query.getAll('id').map(carrierOf) }),
    );
    const answer = await world.get('/batched');
    expect(new Set(carriersIn(answer))).toEqual(new Set(['c0', 'c1', 'c2', 'c3', null]));
    expect(answer.body._meta.degraded).toEqual([
      { source: 'carriers', reason: 'error', fallback: 'default' },
    ]);
  });
});
