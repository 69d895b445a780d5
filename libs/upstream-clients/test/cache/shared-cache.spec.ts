import { afterEach, expect, jest, test } from '@jest/globals';
import { createMemoryStore, StateUnavailable, type StateStore } from '@bff/service-kit';
import { createCachedWorld } from './cached-world.ts';
import { createWorld, otherId, thingId } from '../world.ts';

const world = createWorld();
afterEach(world.end);

const fresh = { 'Cache-Control': 'max-age=600' };

/** Two replicas on one store. */
async function twoReplicas(changes: Partial<StateStore> = {}) {
  const memory = createMemoryStore();
  const store = { ...memory, ...changes };
  const it = await createCachedWorld(world);
  const replica = () => {
    const { clients } = it.rig({ cache: { store } });
    return (id = otherId) => clients.other.read(it.u1Scope(), { otherId: id });
  };
  return { ...it, store, first: replica(), second: replica() };
}

test('A7 a replica reuses the entry of another replica when an earlier answer has shown that the upstream allows reuse', async () => {
  const { state, first, second, seen } = await twoReplicas();
  state.headers = fresh;
  await first('a');
  await second('b');
  expect(await second('a')).toMatchObject({
    kind: 'value',
    value: { label: 'v1' },
    ageMs: expect.any(Number),
  });
  expect(seen).toHaveLength(2);
});

test('A7 when a replica reuses the entry of another replica, the age of the entry continues to count', async () => {
  const { state, first, second, pass } = await twoReplicas();
  state.headers = fresh;
  await first('a');
  await second('b');
  pass(300);
  const outcome = await second('a');
  const { ageMs = 0 } = outcome as { ageMs?: number };
  expect(ageMs).toBeGreaterThanOrEqual(300_000);
  expect(ageMs).toBeLessThan(302_000);
  pass(301);
  expect(await second('a')).toMatchObject({ value: { label: 'v3' } });
});

test('A7 when the upstream fails after a restart, an entry of the shared store is served stale', async () => {
  const { state, first, second } = await twoReplicas();
  state.headers = { 'Cache-Control': 'max-age=1, stale-if-error=600' };
  await first();
  state.answer = 500;
  expect(await second()).toMatchObject({ kind: 'failed', stale: { value: { label: 'v1' } } });
});

test('A7 when an upstream allows no reuse of its answers, the shared store is not called', async () => {
  const get = jest.fn<StateStore['get']>(async () => undefined);
  const set = jest.fn<StateStore['set']>(async () => undefined);
  const { first } = await twoReplicas({ get, set });
  await first('a');
  await first('b');
  expect([get.mock.calls, set.mock.calls]).toEqual([[], []]);
});

test('A7 T1 the key of an entry in the shared store shows only the tenant, and the entry expires', async () => {
  const set = jest.fn<StateStore['set']>(async () => undefined);
  const { state, first } = await twoReplicas({ set });
  state.headers = fresh;
  await first();
  const [[key, , ttlMs] = []] = set.mock.calls;
  expect(key).toMatch(/^\{t1\}:cache:[\w-]{43}$/);
  expect(ttlMs).toBeGreaterThan(1_190_000);
  expect(ttlMs).toBeLessThanOrEqual(1_200_000);
});

test('A7 T1 a replica does not serve an identity the entry of another identity from the shared store', async () => {
  const { state, rig, store, u1Scope, first } = await twoReplicas();
  state.headers = fresh;
  await first();
  const { clients } = rig({ cache: { store } });
  await clients.other.read(u1Scope({ identityKey: 'u2' }), { otherId: 'x' });
  expect(await clients.other.read(u1Scope({ identityKey: 'u2' }), { otherId })).toMatchObject({
    value: { label: 'v3' },
  });
});

test.each<[string, string]>([
  ['is not JSON', 'x'],
  ['has another form', '{"v":2}'],
  [
    'holds a value of another version',
    '{"value":{"label":7},"fields":{"date":0,"cacheControl":"max-age=9999999999"},"bytes":9,"askedAt":9e15,"bornAt":9e15}',
  ],
])('A7 an entry of the shared store that %s is ignored', async (_, entry) => {
  const { state, first } = await twoReplicas({ get: async () => Buffer.from(entry) });
  state.headers = fresh;
  await first('a');
  expect(await first('b')).toMatchObject({ kind: 'value', value: { label: 'v2' } });
});

test('A7 RFC 9111 4.4 after a write to a path, no replica finds the earlier entry of the path in the shared store', async () => {
  const { state, rig, store, u1Scope, seen } = await twoReplicas();
  state.headers = fresh;
  const [one, two, three] = [1, 2, 3].map(() => rig({ cache: { store } }).clients);
  await one!.thing.settings(u1Scope(), { thingId });
  await three!.thing.settings(u1Scope(), { thingId: 'thing-2' });
  await two!.thing.changeSettings(u1Scope(), { thingId }, { body: { theme: 'dark' } });
  expect(await three!.thing.settings(u1Scope(), { thingId })).toMatchObject({ value: { version: 'v4' } });
  expect(seen).toHaveLength(4);
});

test('A7 the answer of a read that was in flight during a write is not stored for other replicas', async () => {
  const { state, rig, store, u1Scope, called } = await twoReplicas();
  state.headers = fresh;
  const [one, two] = [rig({ cache: { store } }).clients, rig({ cache: { store } }).clients];
  await two.thing.settings(u1Scope(), { thingId: 'thing-2' });
  let answer: () => void = () => undefined;
  state.answer = (response) => {
    answer = () => {
      response.writeHead(200, { 'Content-Type': 'application/json', ...fresh });
      response.end('{"theme":"old"}');
    };
  };
  const slow = one.thing.settings(u1Scope(), { thingId });
  await called(2);
  state.answer = 'value';
  await one.thing.changeSettings(u1Scope(), { thingId }, { body: { theme: 'dark' } });
  answer();
  await slow;
  expect(await two.thing.settings(u1Scope(), { thingId })).toMatchObject({ value: { version: 'v3' } });
});

test.each<[string, () => Promise<never>]>([
  [
    'fails',
    async () => {
      throw new StateUnavailable('gone');
    },
  ],
  ['hangs', () => new Promise(() => undefined)],
])(
  'A7 a shared store that %s is not called again for a second, and never prevents an answer',
  async (_, get) => {
    const calledGet = jest.fn(get);
    const { state, first } = await twoReplicas({
      get: calledGet,
      set: async () => {
        throw new StateUnavailable('gone');
      },
    });
    state.headers = fresh;
    await first('a');
    for (const id of ['b', 'c', 'd', 'e']) expect(await first(id)).toMatchObject({ kind: 'value' });
    expect(calledGet.mock.calls.length).toBeLessThanOrEqual(1);
  },
);
