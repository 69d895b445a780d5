import { createStoredViews } from './stored-views.ts';
import { type JsonObject } from '../protocol/json.ts';
import { meansTheSame, mergePatch } from '../patch/merge-patch.ts';
import { randomKey } from './random-key.ts';
import { readCurrent, sendWrite, type WriteReply } from './send-write.ts';
import { type SyncInit } from './sync-client.ts';
import { createPendingWrites } from './pending-writes.ts';
import {
  type Flush,
  type PendingPatch,
  type PendingWrite,
  type WriteQueue,
  type WriteQueueOptions,
} from './write-queue.ts';

type Writes = readonly PendingWrite[];
type State = Pick<Extract<WriteReply, { kind: 'done' }>, 'view' | 'token'>;
type Later = Extract<WriteReply, { kind: 'later' }>;

const longestWaitMs = 3_600_000;

/** The half of a device that writes. It needs what is handed in; nothing of Node. */
export function createWriteQueue(options: WriteQueueOptions): WriteQueue {
  const { storage, fetch, settled, resolve, newKey = randomKey, now = Date.now } = options;
  const views = createStoredViews(storage);
  const queue = createPendingWrites(storage);
  let running: Promise<Flush> | undefined;
  let notBefore = 0;

  async function flush(init: SyncInit): Promise<Flush> {
    for (;;) {
      const writes = await queue.read();
      const [write] = writes;
      if (!write) return { left: 0, waitMs: 0 };
      const later = now() < notBefore ? {} : await settle(write, init);
      if (later) {
        const { status } = later;
        const waitMs = Math.max(0, notBefore - now());
        return { left: writes.length, waitMs, ...(status !== undefined && { status }) };
      }
    }
  }

  /** Undefined when the write is settled; else the answer that says that it is not. */
  async function settle(write: PendingWrite, init: SyncInit): Promise<Partial<Later> | undefined> {
    const answer = await sendWrite(fetch, init, write);
    const outdated = write.method === 'PATCH' && answer.kind === 'rejected' && answer.status === 412;
    const reply = outdated ? await readCurrent(fetch, init, write.url) : answer;
    // Refused, although the state is the one that was named: asking again at once would have no end.
    if (outdated && reply.kind === 'done' && reply.token === write.token) return { status: 412 };
    switch (reply.kind) {
      case 'later':
        notBefore = now() + waitOf(reply, now());
        return reply;
      case 'rejected':
        await settled({ ...reply, write });
        return giveUp(write);
      case 'done':
        return write.method === 'PATCH' ? settlePatch(write, reply, outdated) : applied(write, reply.view);
    }
  }

  /** @param outdated the state is not what the patch made, but what there is: it was answered 412 */
  async function settlePatch(write: PendingPatch, state: State, outdated: boolean): Promise<undefined> {
    const { url, body, base } = write;
    const { view, token } = state;
    // Before the write leaves the queue, so that the next patch has one of both to be made over.
    if (token) await views.write(url, { view, token });
    // An answer was lost and nobody else wrote, or this is the answer: what waits behind was made over this very state.
    if (!outdated || meansTheSame(view, mergePatch(base, body)))
      return applied(write, view, (writes) => madeOver(writes, write, state));
    // Somebody else wrote too, and what was wanted holds. What waits behind still names the state before.
    if (meansTheSame(view, mergePatch(view, body))) return applied(write, view);

    const clashes = Object.keys(body).filter(
      (name) => !meansTheSame(view[name], base[name]) && !meansTheSame(view[name], body[name]),
    );
    const instead = await resolve({ write, current: view, clashes });
    if (!instead || !token) return giveUp(write);
    const again = { ...write, key: newKey(), body: instead, base: view, token };
    await queue.change((writes) => [again, ...without(writes, write)]);
  }

  async function applied(write: PendingWrite, view: JsonObject, edit = same): Promise<undefined> {
    await settled({ kind: 'applied', write, view });
    await leave(write, edit);
  }

  /** What waits behind was not made over this after all. */
  async function giveUp(write: PendingWrite): Promise<undefined> {
    if (write.method === 'POST') return leave(write);
    return leave(write, (writes) => madeOver(writes, write, { view: write.base, token: write.token }));
  }

  async function leave(write: PendingWrite, edit = same): Promise<undefined> {
    await queue.change((writes) => edit(without(writes, write)));
  }

  async function preview(url: string): Promise<JsonObject | undefined> {
    const waiting = patchesOf(await queue.read(), url).at(-1);
    return waiting ? mergePatch(waiting.base, waiting.body) : (await views.read(url))?.view;
  }

  return {
    patch: (url, body) =>
      queue.change(async (writes) => {
        const before = patchesOf(writes, url).at(-1);
        const kept = before ? { view: mergePatch(before.base, before.body), token: before.token } : await views.read(url); // prettier-ignore
        if (!kept?.token) throw new TypeError('no view with a name is kept of this address');
        const { view: base, token } = kept;
        return [...writes, { method: 'PATCH', key: newKey(), url, body, base, token }];
      }),
    post: (url) => queue.change((writes) => [...writes, { method: 'POST', key: newKey(), url }]),
    flush: (init = {}) => (running ??= flush(init).finally(() => (running = undefined))),
    waiting: () => queue.read(),
    preview,
  };
}

const same = (writes: Writes): Writes => writes;
const without = (writes: Writes, gone: PendingWrite): Writes => writes.filter(({ key }) => key !== gone.key);
const patchesOf = (writes: Writes, url: string): PendingPatch[] =>
  writes.filter((write) => write.method === 'PATCH').filter((write) => write.url === url);

/** The patches behind one of the same address are over the state that it left, as long as they named the same as it. */
function madeOver(writes: Writes, done: PendingPatch, { view, token }: State): Writes {
  if (!token) return writes;
  let base = view;
  return writes.map((write) => {
    if (write.method !== 'PATCH' || write.url !== done.url || write.token !== done.token) return write;
    const next = { ...write, base, token };
    base = mergePatch(base, write.body);
    return next;
  });
}

/** Milliseconds, of seconds or a date (RFC 9110, section 10.2.3). */
function waitOf({ retryAfter: field }: Later, now: number): number {
  if (field === undefined) return 0;
  const ms = /^\d+$/.test(field) ? Number(field) * 1_000 : Date.parse(field) - now;
  return ms > 0 ? Math.min(ms, longestWaitMs) : 0;
}
