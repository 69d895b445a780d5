import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  createLogger,
  createMemoryStore,
  Problem,
  stateKey,
  StateUnavailable,
  type StateStore,
} from '@bff/service-kit';
import { parseTenantId } from '@bff/tenancy';
import fc from 'fast-check';
import { lockMs } from '../../src/declaration/lock-ms.ts';
import { hashOf } from '../../src/serve/fingerprint.ts';
import { createIdempotency, type Recorded } from '../../src/serve/idempotency.ts';
import { virtualTime } from './virtual-time.ts';

const log = createLogger('test', 'silent');
const tenant = parseTenantId('t1')!;
const request = { tenant, client: 'c', user: 'u', key: 'k1', fingerprint: 'f' };
const done: Recorded = {
  kind: 'view',
  status: 200,
  view: { settings: { theme: 'dark' } },
  upstreamTag: '"2"',
};

const dayMs = 24 * 3_600_000;
let at: number;
let performed: number;
let store: StateStore;
beforeEach(() => {
  at = 0;
  performed = 0;
  store = createMemoryStore({ clock: () => at });
});
const over = (each: StateStore = store) => createIdempotency({ store: each, log });
const perform = async (): Promise<Recorded> => {
  performed++;
  return done;
};
const typeOf = (answer: Promise<unknown>) =>
  answer.then(
    () => 'answered',
    (error: Problem) => error.type,
  );
const forever = () => new Promise<never>(() => undefined);

describe('T5 a write with an idempotency key', () => {
  test('a write has the same answer for 24 hours at any replica, then without its view for seven days, and then its key is free', async () => {
    expect(await over().once(request, perform)).toEqual({ recorded: done, replayed: false });
    at = dayMs - 1;
    expect(await over().once(request, perform)).toEqual({ recorded: done, replayed: true });
    at = dayMs;
    const withoutView = { recorded: { kind: 'done', status: 200 }, replayed: true };
    expect(await over().once(request, perform)).toEqual(withoutView);
    at = 7 * dayMs - 1;
    expect(await over().once(request, perform)).toEqual(withoutView);
    expect(performed).toBe(1);
    at += 1;
    expect(await over().once(request, perform)).toEqual({ recorded: done, replayed: false });
  });

  test('a write that was finally refused is refused again without a call when it is repeated', async () => {
    const refused: Recorded = { kind: 'problem', type: 'precondition-failed' };
    await over().once(request, async () => refused);
    expect((await over().once(request, perform)).recorded).toEqual(refused);
    expect(performed).toBe(0);
  });

  test('another request with the same key is rejected while the write is in flight and after it has finished', async () => {
    void over().once(request, forever);
    expect(await typeOf(over().once({ ...request, fingerprint: 'other' }, perform))).toBe('unprocessable');
    await over().once({ ...request, key: 'k2' }, perform);
    expect(await typeOf(over().once({ ...request, key: 'k2', fingerprint: 'other' }, perform))).toBe(
      'unprocessable',
    );
    expect(performed).toBe(1);
  });

  test('a repeated write returns 409 with Retry-After while the first request is in flight, and takes over when the lock has expired', async () => {
    void over().once(request, forever);
    at = lockMs - 1;
    const refusal = await over()
      .once(request, perform)
      .catch((error: Problem) => error);
    expect(refusal).toMatchObject({ type: 'conflict', headers: { 'Retry-After': '1' } });
    at = lockMs;
    expect(await over().once(request, perform)).toEqual({ recorded: done, replayed: false });
    expect(performed).toBe(1);
  });

  test('the key of a write is released after a failure that is not final', async () => {
    const failing = over().once(request, async () => {
      throw new Problem('upstream-timeout');
    });
    expect(await typeOf(failing)).toBe('upstream-timeout');
    expect(await over().once(request, perform)).toEqual({ recorded: done, replayed: false });
  });

  test('a write is not made when the store is down before it, and is answered when the store fails after it', async () => {
    const down = () => Promise.reject(new StateUnavailable('down'));
    await expect(over({ ...store, add: down }).once(request, perform)).rejects.toThrow(StateUnavailable);
    expect(performed).toBe(0);
    const lost = over({ ...store, replaceIf: down, deleteIf: down });
    expect(await lost.once(request, perform)).toEqual({ recorded: done, replayed: false });
    const failing = lost.once({ ...request, key: 'k2' }, async () => {
      throw new Problem('upstream-timeout');
    });
    expect(await typeOf(failing)).toBe('upstream-timeout');
  });

  test('T1 the record of an idempotency key is separate for each tenant, client and user', async () => {
    await over().once(request, perform);
    await over().once({ ...request, user: 'other' }, perform);
    await over().once({ ...request, client: 'other' }, perform);
    await over().once({ ...request, tenant: parseTenantId('t2')! }, perform);
    await over().once({ ...request, client: 'c:k1', key: '' }, perform);
    expect(performed).toBe(5);
  });
});

describe('a receipt', () => {
  const ofKey = { tenant, client: 'c', user: 'u', key: 'k1' };
  const receipt = (replica = over(), of = ofKey) => replica.receipt(of);
  const refused = new Problem('unavailable');

  test('a receipt reports the result of the write, at any replica, until the key expires', async () => {
    const refusal: Recorded = { kind: 'problem', type: 'unprocessable', detail: 'why' };
    await over().once(request, perform);
    await over().once({ ...request, key: 'k2' }, async () => ({ kind: 'done', status: 204 }));
    await over().once({ ...request, key: 'k3' }, async () => refusal);
    void over().once({ ...request, key: 'k4' }, forever);
    const expected = [
      { state: 'applied', status: 200 },
      { state: 'applied', status: 204 },
      { state: 'refused', type: 'unprocessable', detail: 'why' },
    ];
    const all = () => Promise.all(['k1', 'k2', 'k3', 'k4'].map((key) => receipt(over(), { ...ofKey, key })));
    expect(await all()).toEqual([...expected, { state: 'in-flight' }]);
    at = 7 * dayMs - 1;
    expect(await all()).toEqual([...expected, undefined]);
    at += 1;
    expect(await all()).toEqual([undefined, undefined, undefined, undefined]);
  });

  test('a receipt is undefined for another tenant, client or user, and after a failure that is not final', async () => {
    await over().once(request, perform);
    const others = [
      { tenant: parseTenantId('t2')! },
      { client: 'other' },
      { user: 'other' },
      { key: 'other' },
    ];
    for (const other of others) expect(await receipt(over(), { ...ofKey, ...other })).toBeUndefined();
    await over()
      .once({ ...request, key: 'k2' }, () => Promise.reject(refused))
      .catch(() => undefined);
    expect(await receipt(over(), { ...ofKey, key: 'k2' })).toBeUndefined();
  });

  test('a receipt is undefined while the lock of a failed write cannot be released', async () => {
    const wait = () => new Promise<void>(() => undefined);
    const down = () => Promise.reject(new StateUnavailable('down'));
    const replica = createIdempotency({ store: { ...store, deleteIf: down }, log, wait });
    await replica.once(request, () => Promise.reject(refused)).catch(() => undefined);
    expect(await receipt(replica)).toBeUndefined();
    // Another replica sees only the lock.
    expect(await receipt()).toEqual({ state: 'in-flight' });
  });

  test('while the store is down, only the replica that made a write knows its receipt', async () => {
    const down = () => Promise.reject(new StateUnavailable('down'));
    const wait = () => new Promise<void>(() => undefined);
    const replica = createIdempotency({
      store: { ...store, set: down, replaceIf: down, get: down },
      log,
      wait,
    });
    await replica.once(request, perform);
    expect(await receipt(replica)).toEqual({ state: 'applied', status: 200 });
    await expect(receipt(over({ ...store, get: down }))).rejects.toThrow(StateUnavailable);
  });

  test('the store contains no client, user or key in plain text, and contains the view for at most 24 hours', async () => {
    const kept = new Map<string, { readonly value: string; readonly ttlMs: number }>();
    const recording: StateStore = {
      ...store,
      set: (key, value, ttlMs) => (
        kept.set(key, { value: String(value), ttlMs }),
        store.set(key, value, ttlMs)
      ),
      replaceIf: (key, expected, value, ttlMs) => (
        kept.set(key, { value: String(value), ttlMs }),
        store.replaceIf(key, expected, value, ttlMs)
      ),
    };
    await over(recording).once(
      { ...request, client: 'the-client', user: 'the-user', key: 'the-key' },
      perform,
    );
    expect(kept.size).toBe(2);
    for (const [key, { value, ttlMs }] of kept) {
      expect(key).toMatch(/^\{t1\}:idempotency:/);
      expect(key + value).not.toMatch(/the-client|the-user|the-key/);
      if (ttlMs > dayMs) expect(value).not.toContain('dark');
    }
  });
});

/**
 * The faults of one replica: delays before and after each store command takes effect, and the result of its
 * write.
 */
interface Fate {
  readonly startsAt: number;
  readonly writeMs: number;
  readonly fails: boolean;
  /**
   * For each command in turn: milliseconds until it takes effect, milliseconds until its answer, and whether
   * the answer is lost.
   */
  readonly commands: readonly { readonly before: number; readonly after: number; readonly lost: boolean }[];
}

const fate: fc.Arbitrary<Fate> = fc.record({
  // Around the expiry of the lock, where races can occur.
  startsAt: fc.integer({ min: 0, max: lockMs * 2 }),
  writeMs: fc.integer({ min: 0, max: lockMs - 1 }),
  fails: fc.boolean(),
  commands: fc.array(
    fc.record({
      before: fc.integer({ min: 0, max: lockMs * 2 }),
      after: fc.integer({ min: 0, max: lockMs * 2 }),
      lost: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
    }),
    { minLength: 3, maxLength: 3 },
  ),
});

/** Runs replicas over one store, and records every change of the record as it happens. */
async function run(fates: readonly Fate[]) {
  const time = virtualTime();
  const shared = createMemoryStore({ clock: time.now });
  const recordKey = stateKey(tenant, 'idempotency', hashOf(request.client, request.user, request.key));
  const history: {
    readonly from: string | undefined;
    readonly to: string | undefined;
    readonly by: number;
  }[] = [];
  const answers: (Recorded | undefined)[] = [];
  const writes: { readonly by: number; readonly endedAt: number }[] = [];

  const replicaStore = (by: number, { commands }: Fate): StateStore => {
    let at = 0;
    const slowly =
      <Args extends [Parameters<StateStore['get']>[0], ...unknown[]], T>(
        command: (...args: Args) => Promise<T>,
      ) =>
      async (...args: Args): Promise<T> => {
        const { before, after, lost } = commands[at++] ?? { before: 0, after: 0, lost: false };
        await time.wait(before);
        const from = (await shared.get(args[0]))?.toString();
        const result = await command(...args);
        const to = (await shared.get(args[0]))?.toString();
        if (args[0] === recordKey && from !== to) history.push({ from, to, by });
        await time.wait(after);
        if (lost) throw new StateUnavailable('the answer is lost');
        return result;
      };
    return {
      ...shared,
      add: slowly(shared.add),
      get: slowly(shared.get),
      replaceIf: slowly(shared.replaceIf),
      deleteIf: slowly(shared.deleteIf),
      delete: slowly(shared.delete),
      set: slowly(shared.set),
      replace: slowly(shared.replace),
    };
  };

  const all = fates.map(async (each, by) => {
    await time.wait(each.startsAt);
    try {
      const { recorded } = await createIdempotency({
        store: replicaStore(by, each),
        log,
        wait: time.wait,
      }).once(request, async () => {
        await time.wait(each.writeMs);
        if (each.fails) throw new Problem('upstream-timeout');
        writes.push({ by, endedAt: time.now() });
        return { kind: 'view', status: 200, view: { by } };
      });
      answers[by] = recorded;
    } catch {
      answers[by] = undefined;
    }
  });
  await time.runAll();
  await Promise.all(all);
  return { history, answers, writes };
}

const isFinished = (text: string | undefined) =>
  text !== undefined && 'recorded' in (JSON.parse(text) as object);
const isLock = (text: string | undefined) => text !== undefined && !isFinished(text);

test('F46 whatever the delays of two replicas, a finished record is never removed, and a lock is released only by the request that took it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fate, { minLength: 2, maxLength: 3 }), async (fates) => {
      const { history, answers, writes } = await run(fates);
      const owners = new Map<string, number>();
      for (const { from, to, by } of history) {
        expect(isFinished(from)).toBe(false);
        if (isLock(from)) expect(owners.get(from as string)).toBe(by);
        if (isLock(to)) owners.set(to as string, by);
      }
      // A finished record is the answer to every later request.
      const finished = history.find(({ to }) => isFinished(to));
      if (finished === undefined) return;
      const recorded = answers[finished.by];
      for (const [by, answer] of answers.entries())
        if (answer !== undefined && !writes.some((write) => write.by === by))
          expect(answer).toEqual(recorded);
    }),
    { numRuns: 500 },
  );
}, 60_000);

test('F46 a late replica does not remove the record of the replica that took over (found in the field)', async () => {
  const quick = { before: 0, after: 0, lost: false };
  // The first fails and reports it late; meanwhile its lock expires, and the second makes the write.
  const slow: Fate = {
    startsAt: 0,
    writeMs: 100,
    fails: true,
    commands: [quick, { before: lockMs * 2, after: 0, lost: false }],
  };
  const second: Fate = { startsAt: lockMs + 1, writeMs: 100, fails: false, commands: [] };
  const third: Fate = { startsAt: lockMs * 3, writeMs: 0, fails: false, commands: [] };
  const { answers, writes } = await run([slow, second, third]);
  expect(writes.map(({ by }) => by)).toEqual([1]);
  expect(answers[2]).toEqual({ kind: 'view', status: 200, view: { by: 1 } });
});
