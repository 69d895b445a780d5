import { boundedStorage } from '../storage/bounded-storage.ts';
import { defaultTimeoutMs } from '../time-limit.ts';
import { type JsonObject } from '../../protocol/json.ts';
import { meansTheSame, mergePatch } from '../../patch/merge-patch.ts';
import { createPendingWrites, textOf, type StoredQueue } from './pending-writes.ts';
import {
  chainPatches,
  firstBase,
  isActive,
  patchesOf,
  rebasePatches,
  removeWrite,
  supersededBy,
  without,
  type Writes,
} from './patch-chain.ts';
import { randomKey } from '../random-key.ts';
import { waitAfter, waitLeft } from './retry-schedule.ts';
import { createSender, type Sender, type WriteReply } from './send-write.ts';
import { createSharedCalls } from '../shared-calls.ts';
import { createExclusive, defaultLock } from '../storage/storage-lock.ts';
import { createStoredViews, type Epoch } from '../storage/stored-views.ts';
import { type CallInit, type NoAnswer } from '../sync-client.ts';
import {
  WriteQueueFull,
  type Flush,
  type PendingPatch,
  type PendingWrite,
  type QueueState,
  type WriteQueue,
  type WriteQueueOptions,
} from './write-queue.ts';

type Later = Extract<WriteReply, { kind: 'later' }>;
interface State {
  readonly view: JsonObject;
  readonly token?: string;
}

/** One run of `flush`. */
interface Run {
  readonly sender: Sender;
  readonly epoch: Epoch;
}

/**
 * Creates the queue of a device's writes. It needs what is passed in; nothing of Node.
 *
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
  const { timeoutMs = defaultTimeoutMs, maxFailures = 8, maxWrites = 1_000, maxBytes = 1_048_576, random = Math.random } = options; // prettier-ignore
  const storage = boundedStorage(options.storage, timeoutMs / 4);
  const lock = options.lock ?? defaultLock(storage);
  const exclusive = createExclusive(lock, 'edit', timeoutMs / 4);
  const oneSender = createExclusive(lock, 'send', timeoutMs);
  const views = createStoredViews(storage, exclusive);
  const queue = createPendingWrites(storage, exclusive);
  const flushes = createSharedCalls<Flush>();
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
      // After `forget` nothing is stored by what was in flight.
      if (writes === stored.writes || writes.length + stored.writes.length === 0) return stored;
      return { ...stored, writes, ...(isSynced && { lastSyncAt: now() }) };
    });
    report(after);
    return after.writes;
  }

  /** An error of the app's listener is the app's: it ends no write. */
  function report(stored: StoredQueue): void {
    if (onChange) void Promise.resolve(stateOf(stored)).then(onChange);
  }

  /** Stores a write; what it supersedes is reported. */
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
      if (chained.length > maxWrites) throw new WriteQueueFull(`${writes.length} writes are pending, and at most ${maxWrites} are kept`); // prettier-ignore
      const bytes = new TextEncoder().encode(textOf({ writes: chained })).length;
      if (bytes > maxBytes) throw new WriteQueueFull(`the pending writes would take ${bytes} bytes, and at most ${maxBytes} are kept`); // prettier-ignore
      gone = superseded;
      return chained;
    });
    // Not under the lock of the storage: the app may write now.
    for (const write of gone)
      void Promise.resolve().then(() => settled({ kind: 'superseded', write, by: key }));
    return key;
  }

  async function flush({ headers, ...init }: CallInit, signal: AbortSignal): Promise<Flush> {
    const { epoch } = await views.read('');
    const run = { sender: createSender(fetch, { ...init, headers }, timeoutMs, signal), epoch };
    for (;;) {
      if (signal.aborted) throw signal.reason;
      // Somebody else's writes are not sent with the credentials of this run.
      if ((await views.read('')).epoch !== epoch) return { left: 0, waitMs: 0, reason: 'forgotten' };
      const { write, waitMs, left } = await begin();
      if (!write || waitMs > 0) return { ...write?.error, left, waitMs };
      const later = await attempt(write, run).catch(async (error: unknown) => {
        if (!signal.aborted) throw error;
        // Whether it arrived is not known; the next attempt need not wait.
        await update(write, (each) => ({ ...each, waitMs: 0 }));
        throw error;
      });
      if (later) await postpone(write, later);
    }
  }

  /** Marks the next write as sent, before it is: from now on nothing is coalesced into it. A crash counts as an attempt. */
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

  /** Undefined when the write is settled; else the answer that says that it is not. */
  async function attempt(write: PendingWrite, run: Run): Promise<Later | undefined> {
    const { sender } = run;
    const receipt = write.attempts > 1 && receiptUrl ? await sender.receipt(receiptUrl(write)) : undefined;
    const isKnown = receipt !== undefined && receipt.kind !== 'unknown';
    const reply = isKnown ? receipt : await sender.send(write);
    if (reply.kind === 'later') return reply;
    if (write.method !== 'PATCH') {
      if (reply.kind === 'rejected') await reject(write, reply);
      else await applied(write, reply.view);
      return undefined;
    }
    if (reply.kind === 'done' && reply.view) return settlePatch(write, reply as State, 'made', run);
    if (reply.kind === 'rejected' && reply.status !== 412) return void (await reject(write, reply));
    const current = await sender.read(write.url);
    if (current.kind === 'later') return current;
    if (current.kind === 'rejected') return void (await reject(write, current));
    if (reply.kind === 'done') return settlePatch(write, current as State, 'applied', run);
    if (current.token !== write.token) return settlePatch(write, current as State, 'unknown', run);
    // The state is the one that was named: it was another one meanwhile, and the server has refused this key for good; or the
    // server refuses every change of it, so a new key alone would have no end.
    const error: NoAnswer = { reason: 'refused', status: 412, problem: reply.problem };
    if (write.failures + 1 >= maxFailures) return { kind: 'later', error, isFailure: true };
    const failures = write.failures + 1;
    const waitMs = waitAfter(failures, error, random);
    return settlePatch(write, current as State, 'unknown', run, { error, failures, waitMs, triedAt: now() });
  }

  /**
   * @param how the state is the one that the patch made, one since it was applied, or one to which it was refused
   * @param tried of the attempt, for a patch that is made over the state instead
   */
  async function settlePatch(
    write: PendingPatch,
    state: State,
    how: 'made' | 'applied' | 'unknown',
    { epoch }: Run,
    tried: Partial<PendingPatch> = {},
  ): Promise<undefined> {
    const { body, base, url } = write;
    const { view, token } = state;
    // Before the write leaves the queue, so that the next patch has one of both to be made over.
    if (token) await views.write(url, { view, token }, epoch);
    // Nobody else wrote: what is behind it was made over this very state.
    if (how === 'made' || meansTheSame(view, mergePatch(base, body)))
      return applied(write, view, (writes) => (token ? rebasePatches(writes, write, view, token) : writes));
    // Somebody else wrote too, and the patch holds. What is behind it still names the state before.
    if (how === 'applied' || meansTheSame(view, mergePatch(view, body))) return applied(write, view);

    const clashes = Object.keys(body).filter(
      (name) => !meansTheSame(view[name], base[name]) && !meansTheSame(view[name], body[name]),
    );
    const instead = await resolve({ write, mine: mergePatch(base, body), current: view, clashes });
    if (!instead || !token) return giveUp(write);
    const again: PendingPatch = {
      ...write,
      key: newKey(),
      body: instead,
      base: view,
      token,
      ...untried,
      ...tried,
    };
    return update(write, () => again);
  }

  async function applied(write: PendingWrite, view: JsonObject | undefined, edit = same): Promise<undefined> {
    if (await isPending(write)) await settled({ kind: 'applied', write, ...(view && { view }) });
    await change((writes) => edit(without(writes, write)), true);
  }

  async function reject(
    write: PendingWrite,
    reply: Extract<WriteReply, { kind: 'rejected' }>,
  ): Promise<undefined> {
    if (await isPending(write)) await settled({ ...reply, write });
    return giveUp(write);
  }

  /** What is behind it was not made over this after all. */
  async function giveUp(write: PendingWrite): Promise<undefined> {
    await change((writes) => removeWrite(writes, write), true);
  }

  async function postpone(write: PendingWrite, { error, isFailure = false }: Later): Promise<void> {
    const failures = write.failures + Number(isFailure);
    const failed = failures >= maxFailures;
    const waitMs = waitAfter(write.attempts, error, random);
    const after = { ...write, error, failures, failed, triedAt: now(), waitMs };
    if (failed && (await isPending(write))) await settled({ kind: 'failed', write: after });
    await update(write, () => after);
  }

  /** Changes a write where it is; one that was cancelled or forgotten meanwhile does not come back. */
  async function update(
    write: PendingWrite,
    edit: (write: PendingWrite) => PendingWrite,
  ): Promise<undefined> {
    await change((writes) => {
      const before = writes.find(({ key }) => key === write.key);
      if (!before) return writes;
      const edited = edit(before);
      const after = writes.map((each) => (each === before ? edited : each));
      return edited.failed && before.method === 'PATCH'
        ? chainPatches(after, before, firstBase(writes, before))
        : after;
    });
  }

  const isPending = async ({ key }: PendingWrite): Promise<boolean> =>
    (await queue.read()).writes.some((write) => write.key === key);

  function flushAlone(init: CallInit, signal: AbortSignal): Promise<Flush> {
    return oneSender(async () => {
      sending = true;
      try {
        return await flush(init, signal);
      } finally {
        sending = false;
        report(await queue.read());
      }
    });
  }

  return {
    patch: (url, body) =>
      add(async (writes) => {
        const before = patchesOf(writes, url).at(-1);
        const kept = before ? { view: mergePatch(before.base, before.body), token: before.token } : (await views.read(url)).kept; // prettier-ignore
        if (!kept?.token) throw new TypeError(`no view with a token is stored of ${url}: refresh it first`);
        return { method: 'PATCH', key: newKey(), url, body, base: kept.view, token: kept.token, ...untried };
      }),
    send: (method, url, body) =>
      add(() => ({ method, key: newKey(), url, ...(body && { body }), ...untried })),
    flush: ({ signal, timeoutMs: callTimeoutMs, ...init } = {}) =>
      flushes.call('', { signal, timeoutMs: callTimeoutMs }, (all) => flushAlone(init, all)),
    async retry(key) {
      await change((writes) => {
        const again = writes.find((write) => write.key === key && write.failed);
        const after = writes.map((each) => ({ ...each, waitMs: each.failed ? each.waitMs : 0, ...(each === again && { failed: false, failures: 0, waitMs: 0 }) })); // prettier-ignore
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

const untried = { attempts: 0, failures: 0, triedAt: undefined, waitMs: 0, error: undefined, failed: false };
const same = (writes: Writes): Writes => writes;

/** At the origin of the write. `URL` of some native engines is incomplete. */
const defaultReceiptUrl = ({ url, key }: PendingWrite): string =>
  `${/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(url)?.[0] ?? ''}/api/writes/${encodeURIComponent(key)}`;
