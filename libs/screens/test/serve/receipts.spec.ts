import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createMemoryStore, StateUnavailable, type StateStore } from '@bff/service-kit';
import { z } from 'zod';
import { param, screenTable, write } from '../../src/index.ts';
import { services, someThing, thing } from '../services.ts';
import { hang, json } from '../upstream.ts';
import { refusal, somebody, startWorld, type Caller, type World } from '../world.ts';

const create = write('createThing', {
  summary: 'Create',
  call: thing.create,
  screen: 'thing',
  root: 'things[0]',
  answer: z.object({ id: z.string(), title: z.string() }),
  status: 201,
});
/** A write with a short budget. */
const createSoon = write('createThingSoon', {
  summary: 'Create',
  call: thing.create,
  screen: 'thing',
  root: 'things[0]',
  answer: z.object({ id: z.string() }),
  status: 201,
  budgetMs: 200,
});
const remove = write('removeThing', {
  summary: 'Remove',
  call: thing.remove,
  with: { id: param('thingId') },
  screen: 'thing',
  answerWith: 'none',
});

let isDown = false;
const memory = createMemoryStore();
const store: StateStore = {
  ...memory,
  get: (key) => (isDown ? Promise.reject(new StateUnavailable('down')) : memory.get(key)),
};
let world: World;
beforeAll(async () => {
  const table = screenTable({
    'POST /things': create,
    'POST /things/soon': createSoon,
    'DELETE /things/{thingId}': remove,
  });
  world = await startWorld({ services, table, store });
});
afterAll(() => world.close());
beforeEach(() => {
  isDown = false;
  world.upstream.reset();
  world.upstream.on('POST /things', () => ({ ...json(someThing('new')), status: 201 }));
  world.upstream.on('DELETE /things/*', () => ({ status: 204 }));
});

const make = (caller: Caller, key: string) =>
  world.send('post', '/things', caller).set('Idempotency-Key', key).send({ title: 'New' });
const receiptOf = (caller: Caller, key: string) => world.get(`/writes/${encodeURIComponent(key)}`, caller);
const typeOf = ({ status, body }: { status: number; body: { type: string } }) => [
  status,
  body.type.split('/').at(-1),
];

describe('GET /writes/{key}', () => {
  test('the receipt of a successful write has the status of its answer, and is sent with no-store', async () => {
    const user = somebody();
    await make({ user }, '"k1"');
    await world.send('delete', '/things/a', { user }).set('Idempotency-Key', 'k2');
    const made = await receiptOf({ user }, 'k1');
    expect([made.status, made.body]).toEqual([200, { state: 'applied', status: 201 }]);
    expect(made.headers).toMatchObject({ 'cache-control': 'no-store' });
    expect(made.headers['etag']).toBeUndefined();
    expect((await receiptOf({ user }, 'k2')).body).toEqual({ state: 'applied', status: 204 });
  });

  test('the receipt of a write that was finally refused has the problem', async () => {
    const user = somebody();
    world.upstream.on('POST /things', () => ({ status: 422 }));
    const refused = await make({ user }, '"k1"');
    const { status, body } = await receiptOf({ user }, 'k1');
    const { request_id: requestId, ...problem } = body.problem;
    expect([status, body.state, body.status]).toEqual([200, 'refused', 422]);
    expect(problem).toEqual({
      type: refused.body.type,
      title: refused.body.title,
      status: 422,
      instance: '/api/writes/k1',
    });
    expect(requestId).toMatch(/./);
  });

  test('a receipt reports that a write is in flight, even after its client disconnected, and then the result of the write', async () => {
    const user = somebody();
    const arrived = Promise.withResolvers<unknown>();
    const finish = Promise.withResolvers<unknown>();
    world.upstream.on('POST /things', async () => {
      arrived.resolve(true);
      await finish.promise;
      return { ...json(someThing('new')), status: 201 };
    });
    const client = new AbortController();
    const headers = {
      'X-Test-User': user,
      'X-Test-Tenant': 't1',
      'Idempotency-Key': 'k1',
      'Content-Type': 'application/json',
    };
    const lost = fetch(`${world.url}/api/things`, {
      method: 'POST',
      headers,
      body: '{"title":"New"}',
      signal: client.signal,
    });
    await arrived.promise;
    client.abort();
    await expect(lost).rejects.toThrow();
    const inFlight = await receiptOf({ user }, 'k1');
    expect([inFlight.status, inFlight.body, inFlight.headers['retry-after']]).toEqual([
      200,
      { state: 'in-flight' },
      '1',
    ]);
    expect(inFlight.headers['cache-control']).toBe('no-store');
    finish.resolve(true);
    let after = inFlight;
    while (after.body.state === 'in-flight') after = await receiptOf({ user }, 'k1');
    expect(after.body).toEqual({ state: 'applied', status: 201 });
    expect(world.upstream.calls).toHaveLength(1);
  });

  test.each([
    ['the service fails', () => ({ status: 503 })],
    ['the answer of the service is lost', hang],
  ])(
    'the receipt of a write returns 404 when %s, because a repetition may still make the write',
    async (_, fails) => {
      const user = somebody();
      const makeSoon = () =>
        world.send('post', '/things/soon', { user }).set('Idempotency-Key', 'k1').send({ title: 'New' });
      world.upstream.on('POST /things', fails);
      expect((await makeSoon()).status).toBeGreaterThanOrEqual(500);
      const unknown = await receiptOf({ user }, 'k1');
      expect(typeOf(unknown)).toEqual([404, 'not-found']);
      expect(unknown.body.detail).toMatch(/repeat it with the same key/);
      expect(unknown.headers['cache-control']).toBe('no-store');
      world.upstream.on('POST /things', () => ({ ...json(someThing('new')), status: 201 }));
      expect((await makeSoon()).status).toBe(201);
      expect((await receiptOf({ user }, 'k1')).body.state).toBe('applied');
    },
  );

  test.each([
    ['without a body', () => ({ status: 204 })],
    [
      'with a body that was cut',
      () => json(someThing('new'), { 'Content-Length': '9999', Connection: 'close' }),
    ],
  ])('F01 a receipt reports a successful write when the service answered %s', async (_, answers) => {
    const user = somebody();
    world.upstream.on('POST /things', answers);
    expect((await make({ user }, 'k1')).status).toBe(204);
    expect((await receiptOf({ user }, 'k1')).body).toEqual({ state: 'applied', status: 204 });
  });

  test('a receipt describes the first request with its key, even after a request with another body was rejected', async () => {
    const user = somebody();
    await make({ user }, 'k1');
    const other = await world
      .send('post', '/things', { user })
      .set('Idempotency-Key', 'k1')
      .send({ title: 'Other' });
    expect(other.status).toBe(422);
    expect((await receiptOf({ user }, 'k1')).body).toEqual({ state: 'applied', status: 201 });
  });

  test('T1 the receipt of a write of another user, client or tenant returns 404', async () => {
    const user = somebody();
    await make({ user }, 'k1');
    const others: Caller[] = [{ user: somebody() }, { user, tenant: 't2' }, { user, client: 'app' }];
    for (const other of others) expect(typeOf(await receiptOf(other, 'k1'))).toEqual([404, 'not-found']);
  });

  test('F58 the receipt path accepts every key that Idempotency-Key can have, and rejects other keys with 400', async () => {
    const user = somebody();
    const keys = [
      ['a/b?c', '"a/b?c"'],
      ['say "x"', String.raw`"say \"x\""`],
      ['k'.repeat(255), 'k'.repeat(255)],
    ];
    for (const [key = '', field = ''] of keys) {
      await make({ user }, field);
      expect((await receiptOf({ user }, key)).body.state).toBe('applied');
    }
    for (const key of ['é', 'a\nb', 'k'.repeat(256), '\u0000'])
      expect(typeOf(await receiptOf({ user }, key))).toEqual([400, 'bad-request']);
    expect(typeOf(await world.get('/writes/%zz', { user }))).toEqual([400, 'bad-request']);
  });

  test('reading a receipt returns 503 with Retry-After while the store is unavailable', async () => {
    const user = somebody();
    await make({ user }, 'k1');
    isDown = true;
    const answer = await receiptOf({ user }, 'k1');
    expect([...typeOf(answer), answer.headers['retry-after']]).toEqual([503, 'unavailable', '5']);
  });

  test('the receipt path returns 405 for methods other than GET and HEAD', async () => {
    const { status, headers } = await world.send('delete', '/writes/k1');
    expect([status, headers['allow']]).toEqual([405, 'GET, HEAD']);
  });
});

test('a table throws at start when one of its rows is below the path of receipts', () => {
  const table = {
    'POST /writes/{id}': write('other', {
      summary: 'x',
      call: thing.markSeen,
      screen: 'x',
      answerWith: 'none',
    }),
  };
  expect(refusal(() => screenTable(table as never))).toBe(
    'table row "POST /writes/{id}": "/writes/{key}" is the path of the receipts of writes',
  );
});
