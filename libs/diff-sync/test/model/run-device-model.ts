import { isDeepStrictEqual } from 'node:util';
import { Chance } from '@bff/testbed';
import {
  createSyncClient,
  createWriteQueue,
  SyncFailed,
  type JsonObject,
  type Lock,
  type SyncClient,
  type SyncInit,
  type SyncReply,
  type SyncStorage,
  type WriteQueue,
} from '../../src/index.ts';
import { leaseLock } from '../../src/device/storage/storage-lock.ts';
import { meansTheSame, mergePatch } from '../../src/patch/merge-patch.ts';
import type { PendingWrite, SettledWrite, WriteInit } from '../../src/device/writes/write-queue.ts';
import { httpCache } from '../device/http-cache.ts';
import { MemoryStorage, originLock } from '../screen.ts';
import type { DeviceBug } from './device-bugs.ts';
import { address, cut, DeviceServer, foreign, origin, problem } from './device-server.ts';
import type { Report } from './run-model.ts';

const fates = [
  'ok',
  'lost',
  'offline',
  'foreign',
  'busy',
  'unauthorized',
  'in flight',
  'cut',
  'hang',
] as const;
type Fate = (typeof fates)[number];

interface Tab {
  readonly client: SyncClient;
  readonly queue: WriteQueue;
}

const keysIn = (text = ''): string[] => [...text.matchAll(/"key":"(\w+)"/g)].map(([, key]) => key!);
const year = 365 * 86_400_000;
const ended = new Error('the tab ended');
const same = (a: unknown, b: unknown): boolean =>
  isDeepStrictEqual(JSON.parse(JSON.stringify([a])), JSON.parse(JSON.stringify([b])));

/**
 * Runs one random scenario: a device with two tabs, one storage and one HTTP cache, a server, and another
 * client that writes. Messages are lost or answered by foreign servers, the storage is damaged, and tabs
 * stop at any step. Reports a fault when a view diverges, or when a write is lost or made twice.
 */
export async function runDeviceModel(seed: number, steps: number, bug: DeviceBug = {}): Promise<Report> {
  const chance = new Chance(seed);
  const clock = { time: Date.UTC(2026, 10, 22) };
  const counts: Record<string, number> = {};
  const faults: string[] = [];
  const count = (what: string) => (counts[what] = (counts[what] ?? 0) + 1);
  let step = 0;
  const fault = (what: string) => faults.push(`seed ${seed}, step ${step}: ${what}`);

  const server = new DeviceServer(chance.percent(50), () => clock.time);
  const storage = new MemoryStorage();
  const shared = originLock();
  const usesLease = seed % 16 === 0;
  const lockOf = (): Lock =>
    bug.lock ?? (usesLease ? leaseLock(storage, { settleMs: 1, expiryMs: 12 }) : shared);

  /** One in this many storage operations fails, before or after its effect; 0: none. */
  let storageFails = 0;
  /** Possible fates of an exchange; one of them is chosen at random. */
  let weather: readonly Fate[] = ['ok'];
  /** Controllers of the calls in flight: the caller of a request that hangs aborts it. */
  const callers = new Set<AbortController>();
  /** Index of the server's current state when a write was added, by key. */
  const stored = new Map<string, number>();
  const reports = new Map<string, Set<SettledWrite['kind'] | 'conflict' | 'cancelled' | 'forgotten'>>();
  const report = (key: string, kind: SettledWrite['kind'] | 'conflict' | 'cancelled' | 'forgotten') =>
    void (reports.get(key) ?? reports.set(key, new Set()).get(key)!).add(kind);
  const resolved = new Set<string>();
  let sentNow = new Map<string, number>();
  let hasHung = false;
  let keys = 0;

  async function network(url: string, init: WriteInit): Promise<SyncReply> {
    const fate = chance.pick(weather)!;
    const key = init.headers?.['Idempotency-Key'];
    if (key) {
      sentNow.set(key, (sentNow.get(key) ?? 0) + 1);
      // A write whose flush was aborted need not wait.
      if (sentNow.get(key)! > 1 && !hasHung) fault(`${key} is sent twice in one flush`);
    }
    count(fate);
    if (fate === 'offline') throw new TypeError('fetch failed');
    if (fate === 'foreign') return chance.pick(foreign)!();
    if (fate === 'busy') return problem(503, { 'Retry-After': '5' });
    if (fate === 'unauthorized') return problem(401);
    if (fate === 'in flight' && key) return problem(409, { 'Retry-After': '1' });
    const answer = await server.answer(url, init);
    if (fate === 'lost') throw new TypeError('socket hang up');
    if (fate === 'cut') return cut(answer, chance.below(100) / 100);
    if (fate === 'hang') {
      for (const caller of callers) caller.abort(ended);
      hasHung = true;
      return new Promise(() => undefined);
    }
    return answer;
  }

  /** Returns the storage as one tab sees it. */
  function storageOf(life: { ended: boolean }): SyncStorage {
    const operation = async <T>(work: () => Promise<T>, onFault = (): void => undefined): Promise<T> => {
      const fails = storageFails > 0 && chance.below(storageFails) === 0;
      if (life.ended || (fails && chance.percent(50))) throw ended;
      const result = await work();
      if (!life.ended && !fails) return result;
      if (fails) count('storage fault');
      onFault();
      throw ended;
    };
    const faulty: SyncStorage = {
      get: (key) => operation(() => storage.get(key)),
      set(key, value) {
        const before = key === 'writes' ? keysIn(storage.texts.get(key)) : [];
        const after = keysIn(value);
        // A write was superseded, and its report was lost with the tab.
        const superseded = after.some((each) => !before.includes(each))
          ? before.filter((each) => !after.includes(each))
          : [];
        return operation(
          () => storage.set(key, value),
          () => superseded.forEach((each) => report(each, 'superseded')),
        );
      },
      delete: (key) => operation(() => storage.delete(key)),
    };
    return bug.storage?.(faulty) ?? faulty;
  }

  function settled(write: SettledWrite): void {
    const { key } = write.write;
    report(key, write.kind);
    count(write.kind);
    const made = server.made.get(key) ?? 0;
    if (write.kind === 'applied' && made === 0 && !held(write.write))
      fault(`${key} is reported as applied and was not`);
    if (write.kind === 'rejected' && (!server.refused.has(key) || made > 0))
      fault(`${key} is reported as rejected and was not`);
    if (write.kind === 'superseded' && made > 0) fault(`${key} is reported as superseded and was made`);
  }

  /** Returns whether another client made the same change after the write was added. */
  function held({ method, key, ...write }: PendingWrite): boolean {
    const { body = {} } = write;
    const states = server.states.slice(stored.get(key) ?? 0);
    return method === 'PATCH' && states.some((state) => meansTheSame(state, mergePatch(state, body)));
  }

  let cache = httpCache(sendGet);
  async function sendGet(url: string, init: SyncInit): Promise<SyncReply> {
    return network(url, { ...init, method: 'GET' });
  }

  function openTab(): Tab & { readonly life: { ended: boolean } } {
    const life = { ended: false };
    const mine = storageOf(life);
    const get = bug.fetch?.(cache.fetch) ?? cache.fetch;
    const fetch = async (url: string, init: WriteInit): Promise<SyncReply> => {
      if (life.ended) throw ended;
      const send = (bug.send?.(network) ?? network) as typeof network;
      const reply = await (init.method === 'GET' ? get(url, init) : send(url, init));
      if (life.ended) throw ended;
      return reply;
    };
    const lock = lockOf();
    const client = createSyncClient({
      storage: mine,
      lock,
      fetch: (url, init) => fetch(url, { ...init, method: 'GET' }),
    });
    const queue = createWriteQueue({
      storage: mine,
      lock,
      fetch,
      settled,
      ...(bug.noReceipts && { receiptUrl: false as const }),
      now: () => clock.time,
      random: () => chance.below(100) / 100,
      newKey: () => `k${++keys}`,
      maxFailures: 3,
      resolve({ write, mine: wanted, current }) {
        report(write.key, 'conflict');
        count('conflict');
        resolved.add(write.key);
        if (!same(wanted, mergePatch(write.base, write.body)))
          fault('the user’s version is not the result of the patch');
        if (!server.states.some((state) => same(state, current)))
          fault('a conflict with a state that never existed');
        return chance.percent(50) ? write.body : undefined;
      },
    });
    return { client, queue, life };
  }

  const tabs = [openTab(), openTab()];

  async function refresh({ client }: Tab, alone: boolean): Promise<void> {
    const since = server.states.length - 1;
    const caller = new AbortController();
    callers.add(caller);
    const isGood = same(weather, ['ok']);
    try {
      const { view, outcome, reason } = await client.refresh(address, { signal: caller.signal });
      count(`refresh ${outcome}`);
      if (isGood && outcome === 'kept') fault(`nothing new over a good network: ${reason}`);
      if (
        outcome === 'kept'
          ? !server.states.some((state) => same(state, view))
          : !server.states.slice(since).some((state) => same(state, view))
      )
        fault(`divergence (${outcome})`);
      if (alone && outcome !== 'kept' && !same(view, server.state)) fault(`divergence (${outcome})`);
    } catch (error) {
      if (error !== ended && !(error instanceof SyncFailed)) throw error;
      if (isGood && error instanceof SyncFailed && error.reason !== 'forgotten')
        fault(`nothing over a good network: ${error.reason}`);
    } finally {
      callers.delete(caller);
    }
  }

  async function flush({ queue }: Tab): Promise<void> {
    const caller = new AbortController();
    callers.add(caller);
    const { failed = [] } = await queue.state().catch(() => ({ failed: [] }));
    await queue.flush({ signal: caller.signal }).catch(() => count('flush rejected'));
    callers.delete(caller);
    for (const { key } of failed) report(key, 'failed');
  }

  const bodies = (): JsonObject => ({
    [chance.pick(['theme', 'language', 'zoom'])!]: chance.pick(['a', 'b', null, { deep: chance.below(3) }])!,
    ...(chance.percent(8) && { ssn: '1' }),
    ...(chance.percent(8) && { bomb: 1 }),
  });
  async function write({ queue }: Tab): Promise<void> {
    const since = server.states.length - 1;
    const kind = chance.below(10);
    const adding =
      kind < 7
        ? queue.patch(address, bodies())
        : kind < 9
          ? queue.send('POST', `${origin}/api/things`, bodies())
          : queue.send('DELETE', `${origin}/api/things/1`);
    const key = await adding.catch(() => undefined);
    if (key) stored.set(key, since);
  }
  async function cancel({ queue }: Tab): Promise<void> {
    const { pending } = await queue.state().catch(() => ({ pending: [] }));
    const key = chance.pick(pending)?.key;
    if (
      key &&
      (await queue.cancel(key).then(
        () => true,
        () => true,
      ))
    )
      report(key, 'cancelled');
  }
  async function forget({ client }: Tab): Promise<void> {
    const before = [...stored.keys()];
    await client.forget().catch(() => undefined);
    for (const key of before) report(key, 'forgotten');
  }
  function end(index: number): void {
    tabs[index]!.life.ended = true;
    tabs[index] = openTab();
  }
  function damage(): void {
    const key = chance.pick([`sync:${address}`, 'sync', 'lock:edit', 'lock:send'])!;
    const text = storage.texts.get(key);
    if (text)
      storage.texts.set(key, chance.pick(['', '{', '[]', 'null', text.slice(0, chance.below(text.length))])!);
  }
  const pickTab = (): Tab => chance.pick(tabs)!;
  const events: readonly (readonly [weight: number, event: () => unknown])[] = [
    [22, () => write(pickTab())],
    [22, () => flush(pickTab())],
    [12, () => refresh(pickTab(), true)],
    [6, () => Promise.all([flush(tabs[0]!), write(tabs[1]!), flush(tabs[1]!), refresh(tabs[0]!, false), write(tabs[0]!)])],
    [6, () => server.write(bodies())],
    [3, () => cancel(pickTab())],
    [3, () => Promise.all([flush(tabs[0]!), cancel(tabs[1]!)])],
    [4, () => end(chance.below(2))],
    [6, () => damage()],
    [3, () => void (clock.time += chance.pick([-year, year, -5_000])!)],
    [5, () => pickTab().queue.retry().catch(() => undefined)],
    [1, () => forget(pickTab())],
    [2, () => void (cache = httpCache(sendGet))],
    [6, () => void (weather = chance.percent(50) ? ['ok'] : [...fates, 'ok', 'ok'])],
    [4, () => void (storageFails = chance.pick([0, 0, 4, 12])!)],
    [2, () => crash()],
  ]; // prettier-ignore
  const total = events.reduce((sum, [weight]) => sum + weight, 0);
  /** Stops the tab at a random step of a flush. */
  async function crash(): Promise<void> {
    const index = chance.below(2);
    const { life } = tabs[index]!;
    const flushing = flush(tabs[index]!);
    for (let turns = chance.below(60); turns > 0; turns--) await Promise.resolve();
    life.ended = true;
    await flushing;
    tabs[index] = openTab();
  }

  await refresh(tabs[0]!, true);
  for (; step < steps; step++) {
    clock.time += chance.below(120_000);
    sentNow = new Map();
    hasHung = false;
    let ticket = chance.below(total);
    for (const [weight, event] of events)
      if ((ticket -= weight) < 0) {
        await event();
        break;
      }
  }

  weather = ['ok'];
  storageFails = 0;
  server.isFragile = false;
  tabs.forEach((_, index) => end(index));
  const tab = tabs[0]!;
  let left = 1;
  for (let rounds = 0; left > 0 && rounds < 200; rounds++) {
    sentNow = new Map();
    const flushed = await tab.queue.flush();
    const { failed } = await tab.queue.state();
    for (const { key } of failed) await tab.queue.retry(key);
    left = flushed.left + failed.length;
    clock.time += flushed.waitMs;
  }
  if (left > 0) fault(`the queue is jammed: ${JSON.stringify((await tab.queue.state()).pending[0])}`);
  for (const each of tabs) {
    await refresh(each, true);
    if (!same(await each.client.last(address), server.state))
      fault('the final view differs from the state of the server');
    if (!same(await each.queue.preview(address), server.state))
      fault('the final preview differs from the state of the server');
  }
  for (const [key, times] of server.made) if (times > 1) fault(`${key} was made ${times} times`);
  for (const key of stored.keys()) if (!reports.has(key)) fault(`${key} is lost`);
  for (const [key, kinds] of reports)
    if (stored.has(key) && kinds.size === 1 && kinds.has('failed'))
      fault(`${key} was set aside, and then lost`);
  faults.push(...server.faults.map((what) => `seed ${seed}: ${what}`));
  counts['writes'] = stored.size;
  return { counts, faults };
}
