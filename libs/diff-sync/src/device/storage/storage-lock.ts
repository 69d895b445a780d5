import { randomKey } from '../random-key.ts';
import type { Lock, SyncStorage } from './sync-storage.ts';
import { TimedOut, withTimeLimit } from '../time-limit.ts';

/**
 * Returns Web Locks if the engine has them, otherwise a lease in the storage. Web Locks of Node exclude only
 * within one process.
 */
export function defaultLock(storage: SyncStorage): Lock {
  const { locks } = (globalThis as { readonly navigator?: { readonly locks?: WebLocks } }).navigator ?? {};
  if (!locks) return leaseLock(storage);
  return (name, work, signal) => locks.request(`bff-sync:${name}`, { signal }, work);
}

interface WebLocks {
  request<T>(name: string, options: { readonly signal: AbortSignal }, work: () => Promise<T>): Promise<T>;
}

export interface LeaseOptions {
  /** Longest time until a `set` of one process is visible to others, in milliseconds. Default 20. */
  readonly settleMs?: number;
  /** A lease that was not renewed for this many milliseconds is taken over. Default 3,000. */
  readonly expiryMs?: number;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Creates a lock for storages that have no lock of their own: Fischer's algorithm, with a lease that expires
 * after its holder has stopped. Measures time by timers instead of the clock, so that setting the clock
 * neither ends nor extends a lease.
 * @example createWriteQueue({ storage, lock: leaseLock(storage), fetch, settled, resolve })
 */
export function leaseLock(
  storage: SyncStorage,
  { settleMs = 20, expiryMs = 3_000 }: LeaseOptions = {},
): Lock {
  return async (name, work, signal) => {
    const key = `lock:${name}`;
    const owner = randomKey();
    let beats = 0;
    let seen: string | null | undefined;
    for (let unchangedMs = 0; ;) {
      if (signal.aborted) throw signal.reason ?? new TimedOut('aborted');
      const holder = await storage.get(key);
      if (!holder || (holder === seen && unchangedMs >= expiryMs)) {
        await storage.set(key, `${owner} 0`);
        await pause(settleMs);
        if ((await storage.get(key)) === `${owner} 0`) break;
      }
      if (holder !== seen) unchangedMs = 0;
      seen = holder;
      const ms = settleMs * (1 + Math.random());
      await pause(ms);
      unchangedMs += ms;
    }
    const isMine = async (): Promise<boolean> => (await storage.get(key))?.startsWith(owner) ?? false;
    const renew = async (): Promise<void> => {
      if (await isMine()) await storage.set(key, `${owner} ${++beats}`);
    };
    let renewing: Promise<void> = Promise.resolve();
    const timer = setInterval(() => void (renewing = renew().catch(() => undefined)), expiryMs / 4);
    try {
      return await work();
    } finally {
      clearInterval(timer);
      await renewing;
      // If the lease cannot be deleted, it expires.
      if (await isMine().catch(() => false)) await storage.delete(key).catch(() => undefined);
    }
  };
}

/** Runs operations one after the other, mutually exclusive with those of other tabs and processes. */
export type Exclusive = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Creates an {@link Exclusive}. Operations that queue up while it waits for the lock run together under one
 * acquisition of the lock.
 * @param name of the lock
 * @param ms longest wait for the lock; then the queued operations reject with {@link TimedOut} and never run
 */
export function createExclusive(lock: Lock, name: string, ms: number): Exclusive {
  let waiting: { run: () => Promise<void>; reject: (error: unknown) => void }[] = [];
  let isDraining = false;

  async function drain(): Promise<void> {
    let held: Promise<void> = Promise.resolve();
    try {
      await withTimeLimit(
        ms,
        (signal) =>
          new Promise<void>((granted, reject) => {
            held = lock(
              name,
              async () => {
                if (signal.aborted) return;
                granted();
                for (let next = waiting.shift(); next; next = waiting.shift()) await next.run();
              },
              signal,
            );
            held.catch(reject);
          }),
      );
      await held;
    } catch (error) {
      const rejected = waiting;
      waiting = [];
      for (const { reject } of rejected) reject(error);
    }
    isDraining = waiting.length > 0;
    if (isDraining) void drain();
  }

  return (work) =>
    new Promise((resolve, reject) => {
      waiting.push({ run: () => work().then(resolve, reject), reject });
      if (isDraining) return;
      isDraining = true;
      void drain();
    });
}
