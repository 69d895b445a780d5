import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { param, screen, screenTable, source, write, type ScreenTable } from '../../src/index.ts';
import { owner, services, someThing, thing, thingAnswer } from '../services.ts';
import { json } from '../upstream.ts';
import { somebody, startWorld, type Caller, type World } from '../world.ts';

const text = z.object({ id: z.string(), title: z.string(), note: z.string().nullable() });

const declared = (): ScreenTable => {
  const settings = screen('settings', {
    summary: 'Settings',
    sources: { settings: source(thing.settings, { as: 'settings', required: true, validator: true }) },
    root: 'settings',
    answer: z.record(z.string(), z.unknown()),
  });
  const overview = screen('overview', {
    summary: 'What is shown after a write',
    sources: {
      me: source(owner.me, { fallback: { name: 'Nobody' } }),
      count: source(thing.count, { as: 'count', take: ({ count }) => count, fallback: 0 }),
    },
    answer: z.object({ name: z.string(), count: z.number() }),
  });
  return screenTable({
    'GET /settings': settings,
    'GET /overview': overview,
    'PATCH /settings': write('changeSettings', {
      summary: 'Change',
      call: thing.changeSettings,
      of: settings,
      ifMatch: true,
    }),
    'PUT /settings': write('replaceSettings', {
      summary: 'Replace',
      call: thing.replaceSettings,
      of: settings,
      ifMatch: true,
    }),
    'DELETE /settings': write('dropSettings', {
      summary: 'Drop',
      call: thing.remove,
      with: { id: 'settings' },
      of: settings,
      ifMatch: true,
      answerWith: 'none',
    }),
    'PUT /settings/unconditional': write('overwriteSettings', {
      summary: 'Overwrite',
      call: thing.replaceSettings,
      of: settings,
    }),
    'POST /things': write('createThing', {
      summary: 'Create',
      call: thing.create,
      screen: 'thing',
      resource: 'thing',
      root: 'things[0]',
      answer: text,
      status: 201,
    }),
    'DELETE /things/{thingId}': write('removeThing', {
      summary: 'Remove',
      call: thing.remove,
      with: { id: param('thingId') },
      screen: 'thing',
      answerWith: 'none',
    }),
    'POST /things/{id}/seen': write('markSeen', {
      summary: 'Seen',
      call: thing.markSeen,
      of: overview,
      answerWith: 'reread',
    }),
    'POST /things/{id}/counted': write('count', {
      summary: 'Counted',
      call: thing.markSeen,
      of: overview,
      answerWith: 'reread',
      status: 201,
    }),
    'POST /things/{id}/locked': write('lock', {
      summary: 'Touches what no body names',
      call: thing.markSeen,
      screen: 'thing',
      answerWith: 'none',
      touches: ({ id }) => ({ secret: id }),
    }),
  });
};

let world: World;
let strict: World;
const tenants = {
  nosecret: { fields: { blocked: ['secret'] } },
  nosettings: { screens: { settings: { blocked: ['settings.theme'] } } },
};
beforeAll(async () => {
  world = await startWorld({ services, table: declared(), tenants });
  strict = await startWorld({ services, table: declared(), tenants, requiresIdempotencyKey: true });
});
afterAll(() => Promise.all([world.close(), strict.close()]));

let state: { version: number; settings: Record<string, unknown> };
beforeEach(() => {
  state = { version: 1, settings: { theme: 'dark', size: 3 } };
  const tag = () => `"${state.version}"`;
  for (const { upstream } of [world, strict]) {
    upstream.reset();
    const put = (settings: Record<string, unknown>) => {
      state = { version: state.version + 1, settings };
      return json(settings, { ETag: tag() });
    };
    const guarded =
      (change: (body: unknown) => Record<string, unknown>) =>
      ({ headers, body }: { headers: Record<string, unknown>; body: unknown }) =>
        headers['if-match'] !== undefined && headers['if-match'] !== tag()
          ? { status: 412 }
          : put(change(body));
    upstream.on('GET /owners/*/settings', () => json(state.settings, { ETag: tag() }));
    upstream.on(
      'PATCH /owners/*/settings',
      guarded((body) => ({ ...state.settings, ...(body as object) })),
    );
    upstream.on(
      'PUT /owners/*/settings',
      guarded((body) => body as Record<string, unknown>),
    );
    upstream.on('POST /things', ({ body }) => ({
      ...json({ ...someThing('new'), secret: 's', ...(body as object) }),
      status: 201,
    }));
    upstream.on('DELETE /things/*', () => ({ status: 204 }));
    upstream.on('POST /things/*/seen', ({ params: [id] }) => json(someThing(String(id))));
    upstream.on('GET /owners/*', ({ params: [id] }) => json({ id, name: 'Ann', mail: '' }));
    upstream.on('GET /owners/*/count', () => json({ count: 7 }));
  }
});

const calls = (from = world) => from.upstream.calls.map(({ method, path }) => `${method} ${path}`);
const writesOf = (from = world) => from.upstream.calls.filter(({ method }) => method !== 'GET');
const tagOf = async (caller: Caller) => String((await world.get('/settings', caller)).headers['etag']);
const view = ({ body: { _meta: meta, ...rest } }: { readonly body: Record<string, unknown> }) => {
  expect(meta).toBeDefined();
  return rest;
};
const problem = ({
  status,
  body,
}: {
  readonly status: number;
  readonly body: { type: string; detail?: string };
}) => [status, body.type.split('/').at(-1), ...(body.detail === undefined ? [] : [body.detail])];

describe('a write', () => {
  test("POST sends the body to the upstream, and returns the upstream's answer", async () => {
    const user = somebody();
    const answer = await world.send('post', '/things', { user }).send({ title: 'New', note: null });
    expect(answer.status).toBe(201);
    expect(view(answer)).toEqual({ id: 'new', title: 'New', note: null });
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store' });
    expect(answer.headers['etag']).toBeUndefined();
    const [call] = world.upstream.calls;
    expect(call).toMatchObject({ method: 'POST', path: '/things', body: { title: 'New', note: null } });
    expect(call?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-tenant-id': 't1',
      authorization: `Bearer token of ${user} for thing-service`,
    });
    expect(call?.headers['if-match']).toBeUndefined();
    expect(call?.headers['idempotency-key']).toBeUndefined();
  });

  test('PATCH sends a merge patch under its media type', async () => {
    const user = somebody();
    const answer = await world
      .send('patch', '/settings', { user })
      .set('If-Match', await tagOf({ user }))
      .send({ theme: 'light' });
    expect([answer.status, view(answer)]).toEqual([200, { theme: 'light', size: 3 }]);
    const [call] = writesOf();
    expect(call).toMatchObject({
      method: 'PATCH',
      path: `/owners/${user}/settings`,
      body: { theme: 'light' },
    });
    expect(call?.headers).toMatchObject({
      'content-type': 'application/merge-patch+json',
      'if-match': '"1"',
    });
  });

  test('PUT replaces the resource at the path', async () => {
    const user = somebody();
    const answer = await world
      .send('put', '/settings', { user })
      .set('If-Match', await tagOf({ user }))
      .send({ size: 4 });
    expect([answer.status, view(answer)]).toEqual([200, { size: 4 }]);
    expect(writesOf()).toMatchObject([{ method: 'PUT', body: { size: 4 } }]);
  });

  test('DELETE sends no body and returns 204', async () => {
    const { status, text: content } = await world.send('delete', '/things/a');
    expect([status, content]).toEqual([204, '']);
    expect(writesOf()).toMatchObject([{ method: 'DELETE', path: '/things/a', body: undefined }]);
    expect(writesOf()[0]?.headers['content-type']).toBeUndefined();
  });

  test('a write with answerWith reread returns the screen read again', async () => {
    const user = somebody();
    const answer = await world.send('post', '/things/a/seen', { user });
    expect([answer.status, view(answer)]).toEqual([200, { name: 'Ann', count: 7 }]);
    expect(calls()[0]).toBe('POST /things/a/seen');
    expect(calls().slice(1).sort()).toEqual([`GET /owners/${user}`, `GET /owners/${user}/count`]);
  });

  test('when the upstream answers a write without a body, the answer is 204, or the screen read again if the write has one', async () => {
    world.upstream.on('POST /things', () => ({ status: 204 }));
    expect((await world.send('post', '/things').send({ title: 'New' })).status).toBe(204);
    world.upstream.on('POST /things/*/seen', () => ({ status: 204 }));
    const seen = await world.send('post', '/things/a/seen');
    expect([seen.status, view(seen)]).toEqual([200, { name: 'Ann', count: 7 }]);
    expect((await world.send('post', '/things/a/locked')).status).toBe(204);
    expect(writesOf()).toHaveLength(3);
  });

  test('F01 a write returns 204 when it was made and the screen cannot be read again', async () => {
    world.upstream.on('PUT /owners/*/settings', () => ({ status: 204 }));
    let reads = 0;
    world.upstream.on('GET /owners/*/settings', () =>
      ++reads === 1 ? json(state.settings) : { status: 500 },
    );
    expect((await world.send('put', '/settings/unconditional').send({ size: 4 })).status).toBe(204);
    expect(reads).toBeGreaterThan(1);
    expect(writesOf()).toHaveLength(1);
  });

  test('A1 when a source fails while the screen is read again after a write, the degraded screen is returned, because the write was made', async () => {
    world.upstream.on('GET /owners/*/count', () => ({ status: 500 }));
    const { status, body, headers } = await world.send('post', '/things/a/seen');
    expect([status, body.count, body._meta.complete]).toEqual([200, 0, false]);
    expect(headers['bff-degraded']).toContain('count');
  });

  test('a write that returns the screen read again has the declared status', async () => {
    const answer = await world.send('post', '/things/a/counted');
    expect([answer.status, view(answer)]).toEqual([201, { name: 'Ann', count: 7 }]);
  });

  test.each<[upstream: number, status: number, type: string]>([
    [404, 404, 'not-found'],
    [409, 409, 'conflict'],
    [422, 422, 'unprocessable'],
    [403, 403, 'forbidden'],
    [401, 502, 'upstream-failed'],
    [500, 502, 'upstream-failed'],
    [429, 503, 'unavailable'],
  ])(
    'when the upstream answers a write with %i, the answer is %i and repeats no text of the upstream',
    async (upstream, status, type) => {
      world.upstream.on('POST /things', () => ({ status: upstream, body: { internal: 'stack trace' } }));
      const answer = await world.send('post', '/things').send({ title: 'New' });
      expect(problem(answer).slice(0, 2)).toEqual([status, type]);
      expect(answer.text).not.toContain('stack trace');
    },
  );

  test('a failed write is not retried', async () => {
    world.upstream.on('POST /things', () => ({ status: 503 }));
    await world.send('post', '/things').send({ title: 'New' });
    expect(writesOf()).toHaveLength(1);
  });
});

describe('the body of a write', () => {
  test.each<[string, object | string, string]>([
    ['a member of another type', { title: 1 }, 'title: Invalid input: expected string, received number'],
    ['a missing member', {}, 'title: Invalid input: expected string, received undefined'],
    ['a member that is too short', { title: '' }, 'title: Too small: expected string to have >=1 characters'],
    ['a list in place of an object', [], 'The body: Invalid input: expected object, received array'],
    ['the metadata of an answer', { title: 'x', _meta: {} }, '_meta cannot be changed.'],
  ])(
    'a write whose body has %s returns 422 with the name of the member, and no upstream is called',
    async (_, body, detail) => {
      expect(problem(await world.send('post', '/things').send(body))).toEqual([422, 'unprocessable', detail]);
      expect(calls()).toEqual([]);
    },
  );

  test('a write without its body returns 400', async () => {
    expect(problem(await world.send('post', '/things'))).toEqual([
      400,
      'bad-request',
      'The body is missing.',
    ]);
    expect(calls()).toEqual([]);
  });

  test('members of a body that its schema does not name are not sent to the upstream (mass assignment)', async () => {
    await world.send('post', '/things').send({ title: 'New', owner_id: 'somebody else', is_admin: true });
    expect(writesOf()[0]?.body).toEqual({ title: 'New' });
  });

  test('a write whose body is text/plain returns 415', async () => {
    const { status } = await world.send('post', '/things').type('text/plain').send('{}');
    expect(status).toBe(415);
  });
});

describe('If-Match', () => {
  test('a write that requires If-Match returns 428 without it, before any upstream call', async () => {
    expect(problem(await world.send('patch', '/settings').send({ theme: 'light' })).slice(0, 2)).toEqual([
      428,
      'precondition-required',
    ]);
    expect(calls()).toEqual([]);
  });

  test('F53 If-Match on a write without a validator, and `If-None-Match: *` on an existing resource, return 412 without a write', async () => {
    const user = somebody();
    const post = await world.send('post', '/things', { user }).set('If-Match', '"1"').send({ title: 'New' });
    const patch = await world
      .send('patch', '/settings', { user })
      .set({ 'If-Match': '*', 'If-None-Match': '*' })
      .send({ size: 4 });
    for (const answer of [post, patch])
      expect(problem(answer).slice(0, 2)).toEqual([412, 'precondition-failed']);
    expect(writesOf()).toEqual([]);
  });

  test('a write whose If-Match has a stale tag returns 412 and is not made', async () => {
    const user = somebody();
    const stale = await tagOf({ user });
    state = { version: 2, settings: { theme: 'light' } };
    const answer = await world.send('patch', '/settings', { user }).set('If-Match', stale).send({ size: 4 });
    expect(problem(answer).slice(0, 2)).toEqual([412, 'precondition-failed']);
    expect(writesOf()).toEqual([]);
  });

  test("a write with If-Match sends the upstream's own validator, so that only the representation that was read is changed", async () => {
    const user = somebody();
    const current = await tagOf({ user });
    // Another client writes between our read and our write.
    world.upstream.on('PATCH /owners/*/settings', ({ headers }) =>
      headers['if-match'] === '"1"' ? { status: 412 } : { status: 500 },
    );
    const answer = await world
      .send('patch', '/settings', { user })
      .set('If-Match', current)
      .send({ size: 4 });
    expect(problem(answer).slice(0, 2)).toEqual([412, 'precondition-failed']);
  });

  test('the If-Match of a write may be a list or `*`, and the answer has the tag of a later read', async () => {
    const user = somebody();
    const first = await world
      .send('patch', '/settings', { user })
      .set('If-Match', `"other", ${await tagOf({ user })}`)
      .send({ size: 4 });
    expect(first.status).toBe(200);
    expect(first.headers['etag']).toBe(await tagOf({ user }));
    const second = await world.send('patch', '/settings', { user }).set('If-Match', '*').send({ size: 5 });
    expect([second.status, second.body.size]).toEqual([200, 5]);
  });

  test('If-Match is evaluated for a write whose answer has no body', async () => {
    const user = somebody();
    const current = await tagOf({ user });
    expect((await world.send('delete', '/settings', { user }).set('If-Match', '"stale"')).status).toBe(412);
    expect((await world.send('delete', '/settings', { user }).set('If-Match', current)).status).toBe(204);
    expect(writesOf()).toHaveLength(1);
    expect(writesOf()[0]?.headers['if-match']).toBe('"1"');
  });

  describe('F06 a change at an upstream without strong entity tags', () => {
    /** Compares strongly (RFC 9110, section 13.1.1). */
    const weakly = () => {
      const tag = () => `W/"${state.version}"`;
      world.upstream.on('GET /owners/*/settings', () => json(state.settings, { ETag: tag() }));
      world.upstream.on('PATCH /owners/*/settings', ({ headers, body }) => {
        if (headers['if-match'] !== undefined) return { status: 412 };
        state = { version: state.version + 1, settings: { ...state.settings, ...(body as object) } };
        return json(state.settings, { ETag: tag() });
      });
    };

    test('when the upstream has no tags, If-Match is compared with the current representation before the change is made', async () => {
      world.upstream.on('GET /owners/*/settings', () => json(state.settings));
      const user = somebody();
      const stale = await tagOf({ user });
      state.settings = { theme: 'light' };
      const patch = (tag: string) =>
        world.send('patch', '/settings', { user }).set('If-Match', tag).send({ size: 4 });
      expect((await patch(stale)).status).toBe(412);
      expect(writesOf()).toEqual([]);
      const { status, body } = await patch(await tagOf({ user }));
      expect([status, body.size, body.theme]).toEqual([200, 4, 'light']);
      expect(writesOf()).toHaveLength(1);
      expect(writesOf()[0]?.headers['if-match']).toBeUndefined();
    });

    test('a change is repeated without If-Match when the upstream rejects its own weak tag in If-Match', async () => {
      weakly();
      const user = somebody();
      const { status, body } = await world
        .send('patch', '/settings', { user })
        .set('If-Match', await tagOf({ user }))
        .send({ size: 4 });
      expect([status, body.size]).toEqual([200, 4]);
      expect(writesOf().map(({ headers }) => headers['if-match'])).toEqual(['W/"1"', undefined]);
    });

    test('at an upstream with weak tags, a change is refused when the representation has changed meanwhile', async () => {
      weakly();
      const user = somebody();
      const current = await tagOf({ user });
      world.upstream.on('PATCH /owners/*/settings', () => {
        state.version++;
        return { status: 412 };
      });
      const answer = await world
        .send('patch', '/settings', { user })
        .set('If-Match', current)
        .send({ size: 4 });
      expect(problem(answer).slice(0, 2)).toEqual([412, 'precondition-failed']);
      expect(writesOf()).toHaveLength(1);
    });
  });

  test('If-Match is not compared with a stale answer, and the write returns 502', async () => {
    const user = somebody();
    const current = await tagOf({ user });
    world.upstream.on('GET /owners/*/settings', () => ({ status: 500 }));
    expect((await world.send('patch', '/settings', { user }).set('If-Match', current).send({})).status).toBe(
      502,
    );
    expect(writesOf()).toEqual([]);
  });
});

describe('the policy of a tenant', () => {
  const hidden = [422, 'unprocessable', 'Your tenant may not see what this would change.'];

  test('a write whose body has a member that the policy hides is rejected without a call', async () => {
    const caller = { user: somebody(), tenant: 'nosecret' };
    const answer = await world
      .send('patch', '/settings', caller)
      .set('If-Match', '"x"')
      .send({ secret: 'x' });
    expect(problem(answer)).toEqual(hidden);
    expect(calls()).toEqual([]);
  });

  test('a write that touches a hidden member outside its body is rejected', async () => {
    expect(problem(await world.send('post', '/things/a/locked', { tenant: 'nosecret' }))).toEqual(hidden);
    expect((await world.send('post', '/things/a/locked')).status).toBe(204);
    expect(writesOf()).toHaveLength(1);
  });

  test('the replacement of a resource with hidden members is rejected, with and without If-Match', async () => {
    state.settings = { size: 3, secret: 's' };
    const caller = { user: somebody(), tenant: 'nosecret' };
    const conditional = await world
      .send('put', '/settings', caller)
      .set('If-Match', await tagOf(caller))
      .send({ size: 4 });
    expect(problem(conditional)).toEqual(hidden);
    expect(problem(await world.send('put', '/settings/unconditional', caller).send({ size: 4 }))).toEqual(
      hidden,
    );
    expect(writesOf()).toEqual([]);
    state.settings = { size: 3 };
    expect((await world.send('put', '/settings/unconditional', caller).send({ size: 4 })).status).toBe(200);
  });

  test('a patch of the visible members of a resource with hidden members is allowed', async () => {
    state.settings = { size: 3, secret: 's' };
    const caller = { user: somebody(), tenant: 'nosecret' };
    const answer = await world
      .send('patch', '/settings', caller)
      .set('If-Match', await tagOf(caller))
      .send({ size: 4 });
    expect([answer.status, view(answer)]).toEqual([200, { size: 4 }]);
    expect(state.settings).toEqual({ size: 4, secret: 's' });
  });

  test('the policy of a tenant hides members in the answer of a write', async () => {
    const answer = await world.send('post', '/things', { tenant: 'nosecret' }).send({ title: 'New' });
    expect(answer.text).not.toContain('secret');
  });
});

describe('an Idempotency-Key', () => {
  const create = (caller: Caller, key: string | undefined, title = 'New', on = world) => {
    const sent = on.send('post', '/things', caller);
    if (key !== undefined) void sent.set('Idempotency-Key', key);
    return sent.send({ title });
  };

  test('T5 a repetition with the same Idempotency-Key gets the same answer, marked as replayed, with one upstream call', async () => {
    const user = somebody();
    const first = await create({ user }, '"k1"');
    const again = await create({ user }, '"k1"');
    expect([again.status, again.text]).toEqual([first.status, first.text]);
    expect([first, again].map(({ headers }) => headers['idempotency-replayed'])).toEqual([undefined, 'true']);
    expect(writesOf()).toHaveLength(1);
    expect(writesOf()[0]?.headers['idempotency-key']).toMatch(/^[\w-]{43}$/);
  });

  test('T5 an Idempotency-Key that was used with another body is rejected with 422', async () => {
    const user = somebody();
    await create({ user }, '"k1"');
    expect(problem(await create({ user }, '"k1"', 'Other'))).toEqual([
      422,
      'unprocessable',
      'This Idempotency-Key was used for another request.',
    ]);
    expect(writesOf()).toHaveLength(1);
  });

  test('T5 a repetition with the same Idempotency-Key returns 409 while the first request is in flight', async () => {
    const user = somebody();
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    let arrived: () => void = () => undefined;
    const inFlight = new Promise<void>((resolve) => (arrived = resolve));
    world.upstream.on('POST /things', async ({ body }) => {
      arrived();
      await finished;
      return json({ ...someThing('new'), ...(body as object) });
    });
    const first = create({ user }, '"k1"').then((answer) => answer);
    await inFlight;
    const second = await create({ user }, '"k1"');
    expect([second.status, second.headers['retry-after']]).toEqual([409, '1']);
    finish();
    expect((await first).status).toBe(201);
    expect((await create({ user }, '"k1"')).headers['idempotency-replayed']).toBe('true');
    expect(writesOf()).toHaveLength(1);
  });

  test('T1 an Idempotency-Key is independent of the same key of another user, client or tenant', async () => {
    const user = somebody();
    const callers = [{ user }, { user: somebody() }, { user, tenant: 't2' }, { user, client: 'app' }];
    for (const caller of callers)
      expect((await create(caller, '"k1"')).headers['idempotency-replayed']).toBeUndefined();
    const keys = writesOf().map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(4);
  });

  test('an Idempotency-Key replays a final refusal, and is released after other failures', async () => {
    const user = somebody();
    world.upstream.on('POST /things', () => ({ status: 500 }));
    expect((await create({ user }, '"k1"')).status).toBe(502);
    world.upstream.on('POST /things', () => ({ status: 409 }));
    expect((await create({ user }, '"k1"')).status).toBe(409);
    world.upstream.on('POST /things', () => json(someThing('new')));
    const replayed = await create({ user }, '"k1"');
    expect([replayed.status, replayed.headers['idempotency-replayed']]).toEqual([409, 'true']);
    expect(writesOf()).toHaveLength(2);
  });

  test('a repetition with the same Idempotency-Key replays an answer without a body, and reads a screen again', async () => {
    const user = somebody();
    const remove = () => world.send('delete', '/things/a', { user }).set('Idempotency-Key', 'k1');
    expect((await remove()).status).toBe(204);
    const replayed = await remove();
    expect([replayed.status, replayed.headers['idempotency-replayed']]).toEqual([204, 'true']);
    const seen = () => world.send('post', '/things/a/seen', { user }).set('Idempotency-Key', 'k2');
    await seen();
    world.upstream.on('GET /owners/*/count', () => json({ count: 8 }));
    expect((await seen()).body.count).toBe(8);
    expect(writesOf()).toHaveLength(2);
  });

  test('a replayed answer shows only what the tenant may see', async () => {
    const user = somebody();
    const first = await create({ user, tenant: 'nosecret' }, '"k1"');
    expect((await create({ user, tenant: 'nosecret' }, '"k1"')).text).toBe(first.text);
    expect(first.text).not.toContain('secret');
  });

  test('an Idempotency-Key is optional, or required if the family requires it', async () => {
    expect((await create({}, undefined)).status).toBe(201);
    expect(problem(await create({}, undefined, 'New', strict))).toEqual([
      400,
      'bad-request',
      'Idempotency-Key is required.',
    ]);
    expect(strict.upstream.calls).toEqual([]);
    expect((await create({}, '"k1"', 'New', strict)).status).toBe(201);
  });

  test('a malformed Idempotency-Key is rejected, even if the key is optional', async () => {
    expect(problem(await create({}, '"a'))).toEqual([
      400,
      'bad-request',
      expect.stringContaining('is not one string of RFC 9651'),
    ]);
  });

  test('T5 when the client of a write with an Idempotency-Key disconnects, the write finishes, and a repetition gets its result', async () => {
    const user = somebody();
    let arrived: () => void = () => undefined;
    const inFlight = new Promise<void>((resolve) => (arrived = resolve));
    world.upstream.on('POST /things', async ({ body }) => {
      arrived();
      await new Promise((resolve) => setTimeout(resolve, 100));
      return json({ ...someThing('new'), ...(body as object) });
    });
    const client = new AbortController();
    const headers = {
      'X-Test-User': user,
      'X-Test-Tenant': 't1',
      'Idempotency-Key': '"k1"',
      'Content-Type': 'application/json',
    };
    const lost = fetch(`${world.url}/api/things`, {
      method: 'POST',
      headers,
      body: '{"title":"New"}',
      signal: client.signal,
    });
    await inFlight;
    client.abort();
    await expect(lost).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 200));
    const again = await create({ user }, '"k1"');
    expect([again.status, again.headers['idempotency-replayed']]).toEqual([201, 'true']);
    expect(writesOf()).toHaveLength(1);
  });
});

test('the answer schema of a thing matches what the upstream sends, so this test world is as strict as a real one', () => {
  expect(thingAnswer.safeParse(someThing('a')).success).toBe(true);
});
