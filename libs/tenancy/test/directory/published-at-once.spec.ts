import { expect, test } from '@jest/globals';
import { createMemoryStore, type StateStore } from '@bff/service-kit';
import { publishTenantDirectory } from '../../src/index.ts';
import { someTenant } from '../some-tenants.ts';

const named = (name: string): string => JSON.stringify({ tenants: [someTenant('t1', { name })] });

/** A store in memory that records the time to live that each key was given last. */
function watchedStore(): { store: StateStore; kept: Map<string, number> } {
  const memory = createMemoryStore();
  const kept = new Map<string, number>();
  const store: StateStore = {
    ...memory,
    set: (key, value, ttlMs) => (kept.set(key, ttlMs), memory.set(key, value, ttlMs)),
    touch: (key, ttlMs) => (kept.set(key, ttlMs), memory.touch(key, ttlMs)),
  };
  return { store, kept };
}

/** Returns the content in force and its time to live. */
async function live(store: StateStore, kept: ReadonlyMap<string, number>) {
  for (const key of kept.keys())
    if (key.endsWith(':directory:version')) {
      const id = (await store.get(key as never))?.toString() ?? '';
      const content = key.replace('version', `content:${id}`);
      return { text: (await store.get(content as never))?.toString(), keptMs: kept.get(content) };
    }
  return undefined;
}

test('T2 a tenant directory that is published again while its successor is being published does not expire', async () => {
  const { store, kept } = watchedStore();
  await publishTenantDirectory(store, named('first'));

  let taken: Promise<string> | undefined;
  // Interrupts between the moment when "second" is in force and the moment when its publisher expires the
  // directory that it replaced.
  const interrupted: StateStore = {
    ...store,
    async touch(key, ttlMs) {
      taken ??= publishTenantDirectory(store, named('first'));
      await taken;
      return store.touch(key, ttlMs);
    },
  };
  await publishTenantDirectory(interrupted, named('second'));

  expect(taken).toBeDefined();
  const { text, keptMs } = (await live(store, kept)) ?? {};
  expect(text).toBe(named('first'));
  expect(keptMs).toBeGreaterThan(365 * 86_400_000);
});

test('T2 after concurrent publications of several tenant directories, the directory in force does not expire', async () => {
  const { store, kept } = watchedStore();
  for (let round = 0; round < 20; round++)
    await Promise.all(['a', 'b', 'a', 'c'].map((name) => publishTenantDirectory(store, named(name))));
  expect((await live(store, kept))?.keptMs).toBeGreaterThan(365 * 86_400_000);
});
