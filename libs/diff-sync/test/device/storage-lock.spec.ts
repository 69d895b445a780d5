import { describe, expect, test } from '@jest/globals';
import { createSyncClient, createWriteQueue } from '../../src/index.ts';
import { createExclusive, defaultLock, leaseLock } from '../../src/device/storage/storage-lock.ts';
import type { Lock } from '../../src/device/storage/sync-storage.ts';
import { address, origin, SettingsService } from './settings-service.ts';
import { abortable, MemoryStorage, originLock } from '../screen.ts';

const lease = { settleMs: 4, expiryMs: 60 };
const { signal } = new AbortController();
const turn = () => new Promise(setImmediate);

/** A storage whose operations take several event-loop turns, as for another process. */
class SlowStorage extends MemoryStorage {
  override async get(key: string): Promise<string | undefined> {
    await turn();
    return super.get(key);
  }
  override async set(key: string, value: string): Promise<void> {
    await turn();
    await super.set(key, value);
  }
}

describe('a lease in the storage', () => {
  test('a lease in the storage excludes other processes, in any order of arrival', async () => {
    const storage = new SlowStorage();
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      for (let turns = 0; turns < 3; turns++) await turn();
      inside--;
    };
    // Each process has its own lock object.
    await Promise.all(Array.from({ length: 8 }, () => leaseLock(storage, lease)('edit', work, signal)));
    expect(most).toBe(1);
    expect([...storage.texts]).toEqual([]);
  });

  test('the lease of a process that ended is taken over, even if the lease is damaged', async () => {
    for (const text of ['somebody 7', '{', '\u0000']) {
      const storage = new MemoryStorage();
      storage.texts.set('lock:edit', text);
      expect(await leaseLock(storage, lease)('edit', async () => 'done', signal)).toBe('done');
      expect([...storage.texts]).toEqual([]);
    }
  });

  test('a lease is renewed while its holder works, however long the work takes', async () => {
    const storage = new MemoryStorage();
    let isDone = false;
    let enter: () => void = () => undefined;
    const entered = new Promise<void>((resolve) => (enter = resolve));
    const long = leaseLock(storage, lease)(
      'send',
      async () => {
        enter();
        const texts = new Set<string>();
        for (; texts.size < 8; await turn()) texts.add(storage.texts.get('lock:send')!);
        isDone = true;
      },
      signal,
    );
    await entered;
    expect(await leaseLock(storage, lease)('send', async () => isDone, signal)).toBe(true);
    await long;
  });

  test('a lease is released when the work fails, and waiting for a lease can be aborted', async () => {
    const storage = new MemoryStorage();
    const lock = leaseLock(storage, lease);
    await expect(
      lock(
        'edit',
        async () => {
          throw new Error('work');
        },
        signal,
      ),
    ).rejects.toThrow('work');
    expect([...storage.texts]).toEqual([]);
    storage.texts.set('lock:edit', 'somebody 1');
    const waiting = abortable();
    const waits = leaseLock(storage, { settleMs: 4, expiryMs: 1e9 })(
      'edit',
      async () => 'done',
      waiting.signal,
    );
    waiting.abort();
    await expect(waits).rejects.toThrow('aborted');
  });
});

test('Web Locks are used if the JavaScript runtime has them', async () => {
  const { navigator } = globalThis as unknown as {
    navigator: { locks: { query(): Promise<{ held: { name: string }[] }> } };
  };
  const storage = new MemoryStorage();
  const held = await defaultLock(storage)('edit', () => navigator.locks.query(), signal);
  expect(held.held.map(({ name }) => name)).toContain('bff-sync:edit');
  expect(storage.writes).toBe(0);
});

describe('work that waits for one lock', () => {
  test('several pieces of work for one lock run in order while the lock is acquired once, and a failure affects only its own work', async () => {
    let holds = 0;
    const lock: Lock = (_, work) => (holds++, Promise.resolve().then(work));
    const exclusive = createExclusive(lock, 'edit', 1_000);
    const done: number[] = [];
    const results = await Promise.allSettled(
      [1, 2, 3].map((n) =>
        exclusive(async () => {
          await turn();
          if (n === 2) throw new Error('two');
          done.push(n);
        }),
      ),
    );
    expect([done, results.map(({ status }) => status), holds]).toEqual([
      [1, 3],
      ['fulfilled', 'rejected', 'fulfilled'],
      1,
    ]);
  });

  test('work whose lock is not granted in time rejects, and never runs afterwards', async () => {
    let grant: () => void = () => undefined;
    const lock: Lock = async (_, work) => {
      await new Promise<void>((resolve) => (grant = resolve));
      return work();
    };
    const exclusive = createExclusive(lock, 'edit', 10);
    let isDone = false;
    await expect(exclusive(async () => (isDone = true))).rejects.toThrow('not done within 10 ms');
    grant();
    await turn();
    expect(isDone).toBe(false);
    const again = exclusive(async () => 'done');
    await turn();
    grant();
    expect(await again).toBe('done');
  });
});

describe.each([
  ['Web Locks', (_: MemoryStorage, shared: Lock) => shared],
  ['a lease', (storage: MemoryStorage) => leaseLock(storage, lease)],
] as const)('several tabs with one storage, by %s', (_, lockOf) => {
  async function tabs(count: number) {
    const service = new SettingsService();
    const storage = new SlowStorage();
    const shared = originLock();
    const settled: string[] = [];
    await createSyncClient({
      storage,
      lock: shared,
      fetch: (url, init) => service.fetch(url, { ...init, method: 'GET' }),
    }).refresh(address);
    service.received.length = 0;
    const queues = Array.from({ length: count }, (__, tab) => {
      let keys = 0;
      return createWriteQueue({
        storage,
        fetch: service.fetch,
        lock: lockOf(storage, shared),
        settled: ({ kind, write }) => settled.push(`${write.key} ${kind}`),
        resolve: ({ write }) => write.body,
        newKey: () => `tab${tab}-${++keys}`,
      });
    });
    return { service, storage, queues, settled };
  }

  test('writes that several tabs add concurrently are all stored', async () => {
    const { queues } = await tabs(3);
    const adds = queues.flatMap((queue, tab) =>
      [1, 2, 3].map((n) => queue.send('POST', `${origin}/api/things/n${tab}${n}/read`)),
    );
    await Promise.all(adds);
    const keys = (await queues[0]!.state()).pending.map(({ key }) => key);
    expect([...keys].sort()).toEqual([
      'tab0-1',
      'tab0-2',
      'tab0-3',
      'tab1-1',
      'tab1-2',
      'tab1-3',
      'tab2-1',
      'tab2-2',
      'tab2-3',
    ]);
  });

  test('writes that several tabs flush concurrently are sent once, in order, and reported once', async () => {
    const { service, queues, settled } = await tabs(3);
    for (const member of ['a', 'b', 'c']) await queues[0]!.patch(address, { [member]: 1 });
    const flushed = await Promise.all(queues.map((queue) => queue.flush()));
    expect(flushed).toEqual([
      { left: 0, waitMs: 0 },
      { left: 0, waitMs: 0 },
      { left: 0, waitMs: 0 },
    ]);
    expect(service.received.map(({ key }) => key)).toEqual(['"tab0-1"', '"tab0-2"', '"tab0-3"']);
    expect(settled).toEqual(['tab0-1 applied', 'tab0-2 applied', 'tab0-3 applied']);
  });
});
