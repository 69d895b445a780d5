import { afterEach, expect, jest, test } from '@jest/globals';
import { createMemoryStore, StateUnavailable, type StateStore } from '@bff/service-kit';
import { createCachedWorld } from './cached-world.ts';
import { createWorld } from '../world.ts';

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
    return (id = 'alice') => clients.loyalty.tier(it.alice(), id);
  };
  return { ...it, store, first: replica(), second: replica() };
}

test('A7 what one replica was told, another one uses, once it knows that the upstream allows it', async () => {
  const { state, first, second, seen } = await twoReplicas();
  state.headers = fresh;
  await first('a');
  await second('b');
  expect(await second('a')).toMatchObject({
    kind: 'value',
    value: { tier: 'v1' },
    ageMs: expect.any(Number),
  });
  expect(seen).toHaveLength(2);
});

test('A7 its age goes on in the other replica', async () => {
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
  expect(await second('a')).toMatchObject({ value: { tier: 'v3' } });
});

test('A7 after a restart with the upstream gone a copy of the store stands in', async () => {
  const { state, first, second } = await twoReplicas();
  state.headers = { 'Cache-Control': 'max-age=1, stale-if-error=600' };
  await first();
  state.answer = 500;
  expect(await second()).toMatchObject({ kind: 'failed', stale: { value: { tier: 'v1' } } });
});

test('A7 an upstream that allows nothing costs the store nothing', async () => {
  const get = jest.fn<StateStore['get']>(async () => undefined);
  const set = jest.fn<StateStore['set']>(async () => undefined);
  const { first } = await twoReplicas({ get, set });
  await first('a');
  await first('b');
  expect([get.mock.calls, set.mock.calls]).toEqual([[], []]);
});

test('A7 T1 the key begins with the tenant and tells nothing else; the entry ends', async () => {
  const set = jest.fn<StateStore['set']>(async () => undefined);
  const { state, first } = await twoReplicas({ set });
  state.headers = fresh;
  await first();
  const [[key, , ttlMs] = []] = set.mock.calls;
  expect(key).toMatch(/^\{acme\}:cache:[\w-]{43}$/);
  expect(ttlMs).toBeGreaterThan(1_190_000);
  expect(ttlMs).toBeLessThanOrEqual(1_200_000);
});

test('A7 T1 another identity does not find it', async () => {
  const { state, rig, store, alice, first } = await twoReplicas();
  state.headers = fresh;
  await first();
  const { clients } = rig({ cache: { store } });
  await clients.loyalty.tier(alice({ identityKey: 'bob' }), 'x');
  expect(await clients.loyalty.tier(alice({ identityKey: 'bob' }), 'alice')).toMatchObject({
    value: { tier: 'v3' },
  });
});

test.each<[string, string]>([
  ['is not JSON', 'x'],
  ['has another form', '{"v":2}'],
  ['holds a value of another version', '{"value":{"tier":7},"fields":{"date":0,"cacheControl":"max-age=9999999999"},"bytes":9,"askedAt":9e15,"bornAt":9e15}'],
])('A7 an entry that %s is as good as absent', async (_, entry) => {
  const { state, first } = await twoReplicas({ get: async () => Buffer.from(entry) });
  state.headers = fresh;
  await first('a');
  expect(await first('b')).toMatchObject({ kind: 'value', value: { tier: 'v2' } });
}); // prettier-ignore

test('A7 RFC 9111 4.4: after a write a third replica does not find the entry of that path', async () => {
  const { state, rig, store, alice, seen } = await twoReplicas();
  state.headers = fresh;
  const [one, two, three] = [1, 2, 3].map(() => rig({ cache: { store } }).clients);
  await one!.user.preferences(alice(), 'alice');
  await three!.user.preferences(alice(), 'bob');
  await two!.user.patchPreferences(alice(), 'alice', { theme: 'dark' });
  expect(await three!.user.preferences(alice(), 'alice')).toMatchObject({ value: { version: 'v4' } });
  expect(seen).toHaveLength(4);
});

test('A7 a read that was under way during the write leaves no entry for the others either', async () => {
  const { state, rig, store, alice, asked } = await twoReplicas();
  state.headers = fresh;
  const [one, two] = [rig({ cache: { store } }).clients, rig({ cache: { store } }).clients];
  await two.user.preferences(alice(), 'bob');
  let answer: () => void = () => undefined;
  state.answer = (response) => {
    answer = () => {
      response.writeHead(200, { 'Content-Type': 'application/json', ...fresh });
      response.end('{"theme":"old"}');
    };
  };
  const slow = one.user.preferences(alice(), 'alice');
  await asked(2);
  state.answer = 'value';
  await one.user.patchPreferences(alice(), 'alice', { theme: 'dark' });
  answer();
  await slow;
  expect(await two.user.preferences(alice(), 'alice')).toMatchObject({ value: { version: 'v3' } });
});

test.each<[string, () => Promise<never>]>([
  ['is gone', async () => { throw new StateUnavailable('gone'); }],
  ['hangs', () => new Promise(() => undefined)],
])('A7 a store that %s costs one short wait, then nothing for a second, and never an answer', async (_, get) => {
  const asked = jest.fn(get);
  const { state, first } = await twoReplicas({ get: asked, set: async () => { throw new StateUnavailable('gone'); } });
  state.headers = fresh;
  await first('a');
  const startedAt = performance.now();
  for (const id of ['b', 'c', 'd', 'e']) expect(await first(id)).toMatchObject({ kind: 'value' });
  expect(performance.now() - startedAt).toBeLessThan(400);
  expect(asked.mock.calls.length).toBeLessThanOrEqual(1);
}); // prettier-ignore
