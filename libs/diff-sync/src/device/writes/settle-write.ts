import type { JsonObject } from '../../protocol/json.ts';
import { meansTheSame, mergePatch } from '../../patch/merge-patch.ts';
import type { NoAnswer } from '../sync-client.ts';
import type { Epoch, StoredViews } from '../storage/stored-views.ts';
import { chainPatches, firstBase, rebasePatches, removeWrite, without, type Writes } from './patch-chain.ts';
import { waitAfter } from './retry-schedule.ts';
import type { Sender, WriteReply } from './send-write.ts';
import type { PendingPatch, PendingWrite, WriteQueueOptions } from './write-queue.ts';

type Later = Extract<WriteReply, { kind: 'later' }>;
interface State {
  readonly view: JsonObject;
  readonly token?: string;
}

/** One run of `flush`. */
export interface Run {
  readonly sender: Sender;
  readonly epoch: Epoch;
}

type Needs = Pick<WriteQueueOptions, 'settled' | 'resolve'> &
  Required<Pick<WriteQueueOptions, 'receiptUrl' | 'maxFailures' | 'newKey' | 'now' | 'random'>> & {
    readonly views: StoredViews;
    /** Changes the queue. @param isSynced whether the server has settled a write */
    change(edit: (writes: Writes) => Writes, isSynced?: boolean): Promise<unknown>;
    isPending(write: PendingWrite): Promise<boolean>;
  };

/** Sends one write and handles its answer. */
export interface Settlement {
  /** Resolves when the write is settled, or must be sent later. */
  attempt(write: PendingWrite, run: Run): Promise<void>;
  /** Changes a write if it is still queued; a cancelled or forgotten one is not restored. */
  update(write: PendingWrite, edit: (write: PendingWrite) => PendingWrite): Promise<undefined>;
}

export function createSettlement(needs: Needs): Settlement {
  const { settled, resolve, receiptUrl, maxFailures, newKey, now, random, views, change, isPending } = needs;

  /** Returns undefined when the write is settled, otherwise the answer that prevented it. */
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
    // Refused with 412, although the current state is the one that the write names. Either the state was
    // different when the server refused the write, and the server replays that refusal for this key, which a
    // new key avoids. Or the server refuses every change of this state: new keys would not help, so the
    // attempts are counted and limited.
    const error: NoAnswer = { reason: 'refused', status: 412, problem: reply.problem };
    if (write.failures + 1 >= maxFailures) return { kind: 'later', error, isFailure: true };
    const failures = write.failures + 1;
    const waitMs = waitAfter(failures, error, random);
    return settlePatch(write, current as State, 'unknown', run, { error, failures, waitMs, triedAt: now() });
  }

  /**
   * Settles a patch by the current state.
   * @param how `made`: the state is the answer to the patch; `applied`: the patch was applied, and the state
   * was read afterwards; `unknown`: the patch was refused with 412, and the state was read afterwards
   * @param tried counters of the attempt, for a patch that is rebased onto the state
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
    // Stored before the write leaves the queue, so that the next patch always has a base.
    if (token) await views.write(url, { view, token }, epoch);
    // No other client wrote: later patches are based on exactly this state.
    if (how === 'made' || meansTheSame(view, mergePatch(base, body)))
      return applied(write, view, (writes) => (token ? rebasePatches(writes, write, view, token) : writes));
    // Another client wrote too, and the patch is still in effect. Later patches still name the earlier state.
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

  /** Drops a write; later patches are rebased onto the state without it. */
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

  return {
    async attempt(write, run) {
      const later = await attempt(write, run);
      if (later) await postpone(write, later);
    },
    update,
  };
}

/** Initial counters of a write: no attempt was made yet. */
export const untried = {
  attempts: 0,
  failures: 0,
  triedAt: undefined,
  waitMs: 0,
  error: undefined,
  failed: false,
};
const same = (writes: Writes): Writes => writes;
