import { boundedStorage } from '../storage/bounded-storage.ts';
import { defaultTimeoutMs } from '../time-limit.ts';
import { mergePatch } from '../../patch/merge-patch.ts';
import { createPendingWrites, textOf, type StoredQueue } from './pending-writes.ts';
import {
  chainPatches,
  firstBase,
  isActive,
  patchesOf,
  removeWrite,
  supersededBy,
  type Writes,
} from './patch-chain.ts';
import { randomKey } from '../random-key.ts';
import { waitAfter, waitLeft } from './retry-schedule.ts';
import { createSender } from './send-write.ts';
import { createSettlement, untried } from './settle-write.ts';
import { createSharedCalls } from '../shared-calls.ts';
import { createExclusive, defaultLock } from '../storage/storage-lock.ts';
import { createStoredViews } from '../storage/stored-views.ts';
import type { CallInit } from '../sync-client.ts';
import {
  WriteQueueFull,
  type Flush,
  type PendingWrite,
  type QueueState,
  type WriteQueue,
  type WriteQueueOptions,
} from './write-queue.ts';

/**
 * Creates the queue of a device's writes. Uses only its options; nothing of Node.
 * @example await createWriteQueue({ storage, fetch, settled, resolve }).patch(url, { theme: 'dark' });
 */
export function createWriteQueue(options: WriteQueueOptions): WriteQueue {
  const {
    fetch,
    settled,
    resolve,
    onChange,
    receiptUrl = defaultReceiptUrl,
    newKey = randomKey,
    now = Date.now,
  } = options;
  const {
    timeoutMs = defaultTimeoutMs,
    maxFailures = 8,
    maxWrites = 1_000,
    maxBytes = 1_048_576,
    random = Math.random,
  } = options;
  const storage = boundedStorage(options.storage, timeoutMs / 4);
  const lock = options.lock ?? defaultLock(storage);
  const exclusive = createExclusive(lock, 'edit', timeoutMs / 4);
  const oneSender = createExclusive(lock, 'send', timeoutMs);
  const views = createStoredViews(storage, exclusive);
  const queue = createPendingWrites(storage, exclusive);
  const flushes = createSharedCalls<Flush>();
  const settlement = createSettlement({
    settled,
    resolve,
    receiptUrl,
    maxFailures,
    newKey,
    now,
    random,
    views,
    change,
    isPending,
  });
  let sending = false;

  const stateOf = ({ writes, lastSyncAt }: StoredQueue): QueueState => {
    const pending = writes.filter(isActive);
    const ms = pending[0] ? waitLeft(pending[0], now()) : 0;
    return {
      pending,
      failed: writes.filter(({ failed }) => failed),
      sending,
      damaged: queue.damaged,
      ...(lastSyncAt !== undefined && { lastSyncAt }),
      ...(ms > 0 && { nextAttemptAt: now() + ms }),
    };
  };

  async function change(
    edit: (writes: Writes) => Writes | Promise<Writes>,
    isSynced = false,
  ): Promise<Writes> {
    const after = await queue.change(async (stored) => {
      const writes = await edit(stored.writes);
      // After `forget`, requests in flight store nothing.
      if (writes === stored.writes || writes.length + stored.writes.length === 0) return stored;
      return { ...stored, writes, ...(isSynced && { lastSyncAt: now() }) };
    });
    report(after);
    return after.writes;
  }

  /** Calls the app's listener. Its exceptions do not stop a write. */
  function report(stored: StoredQueue): void {
    if (onChange) void Promise.resolve(stateOf(stored)).then(onChange);
  }

  /** Stores a write, and reports the writes that it supersedes. */
  async function add(make: (writes: Writes) => PendingWrite | Promise<PendingWrite>): Promise<string> {
    let key = '';
    let gone: Writes = [];
    await change(async (writes) => {
      const write = await make(writes);
      key = write.key;
      const superseded = supersededBy(write, writes);
      const rest = writes.filter((each) => !superseded.includes(each));
      const after = [...rest, write];
      const chained =
        write.method === 'PATCH' ? chainPatches(after, write, firstBase([...writes, write], write)) : after;
      if (chained.length > maxWrites)
        throw new WriteQueueFull(`${writes.length} writes are pending, and at most ${maxWrites} are kept`);
      const bytes = new TextEncoder().encode(textOf({ writes: chained })).length;
      if (bytes > maxBytes)
        throw new WriteQueueFull(
          `the pending writes would take ${bytes} bytes, and at most ${maxBytes} are kept`,
        );
      gone = superseded;
      return chained;
    });
    // `settled` is called after the storage lock was released, so that it may add writes.
    for (const write of gone)
      void Promise.resolve().then(() => settled({ kind: 'superseded', write, by: key }));
    return key;
  }

  async function flush({ headers, ...init }: CallInit, signal: AbortSignal): Promise<Flush> {
    const { epoch } = await views.read('');
    const run = { sender: createSender(fetch, { ...init, headers }, timeoutMs, signal), epoch };
    for (;;) {
      if (signal.aborted) throw signal.reason;
      // After a logout, the new user's credentials must not send the earlier user's writes.
      if ((await views.read('')).epoch !== epoch)
        return { left: (await queue.read()).writes.filter(isActive).length, waitMs: 0, reason: 'forgotten' };
      const { write, waitMs, left } = await begin();
      if (!write || waitMs > 0) return { ...write?.error, left, waitMs };
      await settlement.attempt(write, run).catch(async (error: unknown) => {
        // It is unknown whether the request arrived, so the write stays queued. The next attempt need not
        // wait.
        if (signal.aborted) await settlement.update(write, (each) => ({ ...each, waitMs: 0 }));
        throw error;
      });
    }
  }

  /**
   * Marks the next write as sent before sending it, so that no later edit supersedes it. If the app crashes
   * after that, the write counts as attempted.
   */
  async function begin(): Promise<{ write: PendingWrite | undefined; waitMs: number; left: number }> {
    let waitMs = 0;
    const writes = await change((all) => {
      const next = all.find(isActive);
      waitMs = next ? waitLeft(next, now()) : 0;
      if (!next || waitMs > 0) return all;
      const attempts = next.attempts + 1;
      const marked = { ...next, attempts, triedAt: now(), waitMs: waitAfter(attempts, undefined, random) };
      return all.map((each) => (each === next ? marked : each));
    });
    return { write: writes.find(isActive), waitMs, left: writes.filter(isActive).length };
  }

  async function isPending({ key }: PendingWrite): Promise<boolean> {
    return (await queue.read()).writes.some((write) => write.key === key);
  }

  function flushAlone(init: CallInit, signal: AbortSignal): Promise<Flush> {
    return oneSender(async () => {
      sending = true;
      try {
        return await flush(init, signal);
      } finally {
        sending = false;
        await queue.read().then(report, () => undefined);
      }
    });
  }

  return {
    patch: (url, body) =>
      add(async (writes) => {
        const before = patchesOf(writes, url).at(-1);
        const kept = before
          ? { view: mergePatch(before.base, before.body), token: before.token }
          : (await views.read(url)).kept;
        if (!kept?.token) throw new TypeError(`no view with a token is stored for ${url}; refresh it first`);
        return { method: 'PATCH', key: newKey(), url, body, base: kept.view, token: kept.token, ...untried };
      }),
    send: (method, url, body) =>
      add(() => ({ method, key: newKey(), url, ...(body && { body }), ...untried })),
    flush: ({ signal, timeoutMs: callTimeoutMs, ...init } = {}) =>
      flushes.call('', { signal, timeoutMs: callTimeoutMs }, (all) => flushAlone(init, all)),
    async retry(key) {
      await change((writes) => {
        const again = writes.find((write) => write.key === key && write.failed);
        const after = writes.map((each) => ({
          ...each,
          waitMs: each.failed ? each.waitMs : 0,
          ...(each === again && { failed: false, failures: 0, waitMs: 0 }),
        }));
        return again?.method === 'PATCH' ? chainPatches(after, again, firstBase(after, again)) : after;
      });
    },
    async cancel(key) {
      let isThere = false;
      await change((writes) => {
        const write = writes.find((each) => each.key === key);
        isThere = write !== undefined;
        return write ? removeWrite(writes, write) : writes;
      });
      return isThere;
    },
    state: async () => stateOf(await queue.read()),
    async preview(url) {
      const patches = patchesOf((await queue.read()).writes, url);
      const view = patches[0]?.base ?? (await views.read(url)).kept?.view;
      return view && patches.reduce((before, { body }) => mergePatch(before, body), view);
    },
  };
}

/**
 * Returns the URL of a write's receipt, at the origin of the write. Does not use `URL`, which is incomplete
 * in some native engines.
 */
const defaultReceiptUrl = ({ url, key }: PendingWrite): string =>
  `${/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(url)?.[0] ?? ''}/api/writes/${encodeURIComponent(key)}`;
