import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { until } from '@bff/testbed';
import { page, param, sameScreen, screen, screenTable, source } from '../../src/index.ts';
import { owner, services, someThing, thing } from '../services.ts';
import { recentThings } from '../thing-screens.ts';
import { hang, json, type Reply } from '../upstream.ts';
import { somebody, startWorld, type World } from '../world.ts';

const item = z.object({ id: z.string(), title: z.string() });

const overview = screen('overview', {
  summary: 'Who the owner is and what there is',
  budgetMs: 800,
  sources: {
    me: source(owner.me, { fallback: { name: 'Nobody', mail: '' } }),
    things: source(thing.recent, {
      with: { limit: 3 },
      as: 'things',
      take: ({ items }) => items,
      fallback: [],
    }),
    count: source(thing.count, { as: 'count', take: ({ count }) => count, fallback: 0 }),
  },
  answer: z.object({ name: z.string(), count: z.number(), things: z.array(item) }),
});
/** Its sources give the members of the answer in the sequence of its schema. */
const card = screen('card', {
  summary: 'The owner and the settings',
  sources: {
    me: source(owner.me, { fallback: { name: 'Nobody', mail: 'nobody@t1.test' } }),
    settings: source(thing.settings, {
      as: 'settings',
      fallback: { secret: 'of a fallback', theme: 'plain' },
    }),
  },
  answer: z.object({ name: z.string(), mail: z.string(), settings: z.record(z.string(), z.unknown()) }),
});
const byId = screen('thing', {
  summary: 'One thing',
  budgetMs: 800,
  sources: {
    thing: source(thing.byId, { with: { id: param('thingId') }, as: 'things', required: true }),
    count: source(thing.count, { as: 'count', take: ({ count }) => count, fallback: 0 }),
  },
  root: 'things[0]',
  answer: item.extend({ note: z.string().nullable() }),
});
const settings = screen('settings', {
  summary: 'Settings',
  sources: { settings: source(thing.settings, { as: 'settings', fallback: { theme: 'plain' } }) },
  root: 'settings',
  answer: z.record(z.string(), z.unknown()),
});
const lean = screen('lean', {
  summary: 'A thing without nulls',
  nulls: 'strip',
  sources: { thing: source(thing.byId, { required: true, members: ['id', 'note', 'owner_id'] }) },
  answer: z.object({ id: z.string(), note: z.string(), owner_id: z.string() }),
});
const list = screen('things', {
  summary: 'Things, page by page',
  sources: {
    things: page(thing.recent, {
      as: 'things',
      take: ({ items }) => items,
      next: ({ next_cursor }) => next_cursor,
      fallback: [],
      required: true,
    }),
    tags: source(owner.tags, { as: 'tags', take: ({ items }) => items, fallback: [] }),
  },
  answer: z.object({ things: z.array(item), tags: z.array(z.string()), next_cursor: z.string().nullable() }),
});
const otherList = screen('others', {
  summary: 'Other things, page by page',
  sources: {
    things: recentThings,
  },
  answer: z.object({ things: z.array(item), next_cursor: z.string().nullable() }),
});
const broken = screen('broken', {
  summary: 'A source that throws',
  sources: {
    me: source(owner.me, { fallback: { name: 'Nobody' } }),
    count: source(thing.count, {
      as: 'count',
      take: (): number => {
        throw new Error('a bug');
      },
      fallback: 0,
    }),
  },
  answer: z.object({ name: z.string(), count: z.number() }),
});

let world: World;
beforeAll(async () => {
  world = await startWorld({
    services,
    table: screenTable({
      'GET /things/{thingId}': byId,
      // Listed after the template, which matches the path too.
      'GET /things/latest': sameScreen(overview, { id: 'getLatest', summary: 'The same at another path' }),
      'GET /overview': overview,
      'GET /settings': settings,
      'GET /card': card,
      'GET /lean/{id}': lean,
      'GET /things': list,
      'GET /others': otherList,
      'GET /broken': broken,
    }),
    tenants: {
      t2: { fallbacks: { overview: { name: 'A colleague' }, settings: { settings: { theme: 'house' } } } },
      hidden: { fields: { blocked: ['things'] } },
      narrow: { fields: { allowed: ['things[*].id'] } },
      nosecret: { fields: { blocked: ['secret', 'title'] } },
      nomail: { fields: { blocked: ['mail', 'settings.secret'] } },
    },
  });
});
afterAll(() => world.close());

let items: unknown[];
beforeEach(() => {
  items = [someThing('a'), someThing('b', { secret: 's' })];
  world.upstream.reset();
  world.answers.length = 0;
  world.upstream.on('GET /owners/*/things', () => json({ items, next_cursor: null }));
  world.upstream.on('GET /owners/*/count', () => json({ count: 7 }));
  world.upstream.on('GET /owners/*/tags', () => json({ items: ['x', 'y'] }));
  world.upstream.on('GET /owners/*/settings', () => json({ theme: 'dark' }));
  world.upstream.on('GET /owners/*', ({ params: [id] }) =>
    json({ id, name: 'Ann', mail: 'ann@t1.test', extra: 1 }),
  );
  world.upstream.on('GET /things/*', ({ params: [id] }) => json(someThing(id as string, { secret: 's' })));
});

const fail = (route: string, reply: () => Reply | Promise<Reply> = () => ({ status: 500 })) =>
  world.upstream.on(route, reply);
const complete = { complete: true, degraded: [], etag: expect.any(String) };

describe('the view of a screen', () => {
  test('the view of a screen consists of all sources, with the members and in the order of the answer schema', async () => {
    const { status, body, text } = await world.get('/overview');
    expect(status).toBe(200);
    expect(body).toEqual({
      name: 'Ann',
      count: 7,
      things: [
        { id: 'a', title: 'Thing a' },
        { id: 'b', title: 'Thing b' },
      ],
      _meta: complete,
    });
    expect(Object.keys(JSON.parse(text) as object)).toEqual(['name', 'count', 'things', '_meta']);
  });

  test('the sources of a screen are called concurrently', async () => {
    let arrived = 0;
    let release: () => void = () => undefined;
    const all = new Promise<void>((resolve) => (release = resolve));
    const together = (reply: Reply) => async () => {
      if (++arrived === 3) release();
      await all;
      return reply;
    };
    world.upstream.on('GET /owners/*', together(json({ id: 'u', name: 'Ann', mail: '' })));
    world.upstream.on('GET /owners/*/things', together(json({ items: [], next_cursor: null })));
    world.upstream.on('GET /owners/*/count', together(json({ count: 1 })));
    expect((await world.get('/overview')).body._meta.complete).toBe(true);
  });

  test('the parameters of the calls of a screen come from `with`, the path and the caller', async () => {
    const user = somebody();
    await world.get('/overview', { user });
    await world.get('/things/t-1', { user });
    const lines = world.upstream.calls.map(({ path, query }) => `${path}?${query}`).sort();
    expect(lines).toEqual([
      `/owners/${user}/count?`,
      `/owners/${user}/count?`,
      `/owners/${user}/things?limit=3`,
      `/owners/${user}?`,
      '/things/t-1?',
    ]);
    const [{ headers }] = world.upstream.calls as [(typeof world.upstream.calls)[number]];
    expect(headers).toMatchObject({
      'x-tenant-id': 't1',
      authorization: expect.stringMatching(`^Bearer token of ${user} for`),
    });
  });

  test('the answer of a screen with a root is the item or member at the root', async () => {
    expect((await world.get('/things/a')).body).toEqual({
      id: 'a',
      title: 'Thing a',
      note: null,
      _meta: complete,
    });
    expect((await world.get('/settings')).body).toEqual({ theme: 'dark', _meta: complete });
  });

  test('the view of a screen with `nulls: strip` has no null members', async () => {
    world.upstream.on('GET /things/*', () => json(someThing('a', { note: 'kept' })));
    expect((await world.get('/lean/a')).body).toEqual({ id: 'a', note: 'kept', _meta: complete });
  });

  test('the view of a screen has only the members selected by `fields`, with placeholders for unselected items', async () => {
    expect((await world.get('/overview?fields=things[*].id')).body).toEqual({
      things: [{ id: 'a' }, { id: 'b' }],
      _meta: complete,
    });
    expect((await world.get('/things?fields=tags[1]')).body).toEqual({ tags: [null, 'y'], _meta: complete });
  });

  test('a screen is served at a literal path, although an earlier path template matches the path too', async () => {
    expect((await world.get('/things/latest')).body).toMatchObject({ name: 'Ann', count: 7 });
  });

  test('a screen returns 405 with Allow for methods other than GET and HEAD', async () => {
    const { status, headers } = await world.send('delete', '/overview');
    expect([status, headers['allow']]).toEqual([405, 'GET, HEAD']);
    expect(world.upstream.calls).toEqual([]);
  });

  test('a screen returns 404 without a call when the id in the path cannot name a resource', async () => {
    expect((await world.get('/things/%01x')).status).toBe(404);
    expect(world.upstream.calls).toEqual([]);
  });
});

describe('a source without an answer', () => {
  test('A1 a source without an answer has the fallback of its declaration, and is named in degraded with the reason', async () => {
    fail('GET /owners/*/count');
    const { status, body, headers } = await world.get('/overview');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      name: 'Ann',
      count: 0,
      _meta: { complete: false, degraded: [{ source: 'count', reason: 'error', fallback: 'default' }] },
    });
    expect(headers['bff-degraded']).toBe('count;reason=error;fallback=default');
    expect(headers['etag']).toBeUndefined();
    expect(world.answers[0]?.degradedFields).toEqual(['count']);
  });

  test("A7 a source without an answer has the tenant's fallback rather than the declared fallback", async () => {
    fail('GET /owners/*');
    const { body } = await world.get('/overview', { tenant: 't2' });
    expect(body).toMatchObject({
      name: 'A colleague',
      _meta: { degraded: [{ source: 'me', fallback: 'tenant' }] },
    });
  });

  test.each([
    ['fails', 500, 'error'],
    ['is absent', 404, undefined],
  ])('the policy hides members of a fallback, when the source %s', async (_, status, reason) => {
    const form = ['name', 'settings', '_meta'];
    const complete = await world.get('/card', { tenant: 'nomail' });
    expect(Object.keys(complete.body)).toEqual(form);
    expect(complete.body).toMatchObject({ name: 'Ann', settings: { theme: 'dark' } });
    world.upstream.on('GET /owners/*/settings', () => ({ status, body: {} }));
    const { body } = await world.get('/card', { tenant: 'nomail', user: 'other' });
    expect(Object.keys(body)).toEqual(form);
    expect(body.settings).toEqual({ theme: 'plain' });
    expect(body._meta.degraded[0]?.reason).toBe(reason);
  });

  test('A7 a source without an answer has its stale answer, with the age, rather than a default', async () => {
    const user = somebody();
    await world.get('/overview', { user, tenant: 't2' });
    fail('GET /owners/*');
    const { body } = await world.get('/overview', { user, tenant: 't2' });
    expect(body).toMatchObject({
      name: 'Ann',
      _meta: { degraded: [{ source: 'me', reason: 'error', fallback: 'stale', age_ms: expect.any(Number) }] },
    });
  });

  test("A2 a source that has not answered when the screen's budget is used up has its fallback", async () => {
    fail('GET /owners/*/count', hang);
    const { body } = await world.get('/overview');
    expect(body._meta.degraded).toEqual([{ source: 'count', reason: 'timeout', fallback: 'default' }]);
  });

  test('a source is not degraded when the upstream answers 404', async () => {
    fail('GET /owners/*/count', () => ({ status: 404 }));
    expect((await world.get('/overview')).body).toMatchObject({ count: 0, _meta: { complete: true } });
  });

  test('a required source without an answer fails the screen with the status of the reason', async () => {
    fail('GET /things/*', () => ({ status: 404 }));
    expect((await world.get('/things/a')).status).toBe(404);
    fail('GET /things/*', () => ({ status: 500 }));
    expect((await world.get('/things/a')).status).toBe(502);
    fail('GET /things/*', () => ({ status: 429 }));
    expect((await world.get('/things/a')).status).toBe(503);
    fail('GET /things/*', hang);
    expect((await world.get('/things/a')).status).toBe(504);
  });

  test('a required source with a stale answer does not fail the screen', async () => {
    const user = somebody();
    await world.get('/things/a', { user });
    fail('GET /things/*');
    const { status, body } = await world.get('/things/a', { user });
    expect([status, body.title, body._meta.degraded[0].fallback]).toEqual([200, 'Thing a', 'stale']);
    // The answer consists of this item only.
    expect(world.answers.at(-1)?.degradedFields).toBe('all');
  });

  test('a degraded source adds no degraded field to an answer whose root comes from another source', async () => {
    fail('GET /owners/*/count');
    const { body } = await world.get('/things/a');
    expect(body).toMatchObject({ id: 'a', _meta: { complete: false } });
    expect(world.answers[0]?.degradedFields).toEqual([]);
  });

  test('the fields of a degraded source are listed in `degradedFields` if they were selected and the tenant may see them', async () => {
    fail('GET /owners/*/count');
    fail('GET /owners/*/things');
    await world.get('/overview');
    await world.get('/overview?fields=count');
    await world.get('/overview', { tenant: 'hidden' });
    expect(world.answers.map(({ degradedFields }) => degradedFields)).toEqual([
      ['things', 'count'],
      ['count'],
      ['count'],
    ]);
  });

  test('a screen fails with 503 and Retry-After when no source has an answer', async () => {
    for (const route of ['GET /owners/*', 'GET /owners/*/things', 'GET /owners/*/count']) fail(route);
    const { status, headers } = await world.get('/overview');
    expect([status, headers['retry-after']]).toEqual([503, '5']);
  });

  test('a source that throws is logged, and degrades the answer with the reason error', async () => {
    const { body } = await world.get('/broken');
    expect(body).toMatchObject({
      name: 'Ann',
      count: 0,
      _meta: { degraded: [{ source: 'count', reason: 'error' }] },
    });
    expect(world.log.at(-1)).toMatchObject({
      msg: 'a source of a screen threw',
      source: 'count',
      level: 'error',
      err: { message: 'a bug' },
    });
  });
});

describe('the policy of a tenant', () => {
  test('the policy of a tenant hides members at every depth, before the answer is created', async () => {
    expect((await world.get('/overview', { tenant: 'nosecret' })).body).toMatchObject({
      things: [{ id: 'a' }, { id: 'b' }],
      count: 7,
    });
    expect((await world.get('/overview', { tenant: 'narrow' })).body).toEqual({
      things: [{ id: 'a' }, { id: 'b' }],
      _meta: complete,
    });
  });

  test('when the policy of a tenant hides an item, the answer of its screen is empty', async () => {
    expect((await world.get('/things/a', { tenant: 'hidden' })).body).toEqual({ _meta: complete });
  });

  test('the policy of a tenant is part of the entity tag of a screen', async () => {
    const user = somebody();
    const tags = await Promise.all(
      ['t1', 't2', 'narrow'].map(
        async (tenant) => (await world.get('/settings', { user, tenant })).headers['etag'],
      ),
    );
    expect(new Set(tags).size).toBe(3);
  });
});

describe('a page', () => {
  const next = async (path: string, caller = {}) => {
    world.upstream.on('GET /owners/*/things', () => json({ items, next_cursor: 'upstream-2' }));
    return String((await world.get(path, caller)).body.next_cursor);
  };

  test('a page takes limit and cursor from the request, and returns the next cursor sealed', async () => {
    const user = somebody();
    const cursor = await next('/things?limit=2', { user });
    expect(cursor).not.toContain('upstream-2');
    world.upstream.on('GET /owners/*/things', () => json({ items: [], next_cursor: null }));
    const { body } = await world.get(`/things?limit=2&cursor=${cursor}`, { user });
    expect(body).toMatchObject({ things: [], next_cursor: null });
    const queries = world.upstream.calls
      .filter(({ path }) => path.endsWith('/things'))
      .map(({ query }) => String(query));
    expect(queries).toEqual(['limit=2', 'limit=2&cursor=upstream-2']);
  });

  test('limit and cursor are passed only to the page source of a screen, and to no other source', async () => {
    const user = somebody();
    await world.get(`/things?limit=2&cursor=${await next('/things', { user })}`, { user });
    const queries = world.upstream.calls
      .filter(({ path }) => path.endsWith('/tags'))
      .map(({ query }) => String(query));
    expect(queries).toEqual(['', '']);
  });

  test.each([
    ['another user', { user: 'another' }, '/things'],
    ['another tenant', { user: 'same', tenant: 't2' }, '/things'],
    ['another screen', { user: 'same' }, '/others'],
  ])('T7 a request with the cursor of %s is rejected without an upstream call', async (_, caller, path) => {
    const cursor = await next('/things', { user: 'same' });
    world.upstream.calls.length = 0;
    const { status, body } = await world.get(`${path}?cursor=${cursor}`, caller);
    expect([status, body.type]).toEqual([400, expect.stringContaining('invalid-cursor')]);
    expect(world.upstream.calls).toEqual([]);
  });

  test('a page returns no cursor to a tenant that may not see its list', async () => {
    await next('/things');
    const { body } = await world.get('/things', { tenant: 'hidden' });
    expect(body).toEqual({ tags: ['x', 'y'], _meta: complete });
    expect((await world.get('/things', { tenant: 'narrow' })).body.next_cursor).toEqual(expect.any(String));
  });

  test('a required page without an answer fails the screen, although it has a fallback', async () => {
    fail('GET /owners/*/things');
    expect((await world.get('/things')).status).toBe(502);
  });

  test('list and cursor of a degraded page are both listed as degraded, even for a tenant whose policy allows only the list', async () => {
    const user = somebody();
    await next('/things', { user, tenant: 'narrow' });
    fail('GET /owners/*/things');
    await world.get('/things', { user, tenant: 'narrow' });
    expect(world.answers.at(-1)?.degradedFields).toEqual(['things', 'next_cursor']);
  });
});

test('A3 when the client disconnects, the calls of its screen are aborted', async () => {
  fail('GET /owners/*/count', hang);
  const { url } = world;
  const client = new AbortController();
  const request = fetch(`${url}/api/overview`, {
    signal: client.signal,
    headers: { 'X-Test-User': somebody(), 'X-Test-Tenant': 't1' },
  });
  const counted = () => world.upstream.calls.find(({ path }) => path.endsWith('/count'));
  await until(counted);
  client.abort();
  await expect(request).rejects.toThrow();
  await until(() => counted()?.aborted());
});
