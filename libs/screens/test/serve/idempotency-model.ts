import {
  createLogger,
  createMemoryStore,
  Problem,
  StateUnavailable,
  type StateKey,
  type StateStore,
} from '@bff/service-kit';
import { parseTenantId } from '@bff/tenancy';
import { Chance } from '@bff/testbed';
import { maxWriteMs } from '../../src/declaration/lock-ms.ts';
import { createIdempotency, type Idempotency, type Recorded } from '../../src/serve/idempotency.ts';
import { virtualTime } from './virtual-time.ts';

const log = createLogger('test', 'silent');
const tenant = parseTenantId('t1')!;
const replicaCount = 2;
const bodies = ['one body', 'another'];
/** Duration of the faults in milliseconds; a command sent in it may still take effect `lateMs` later. */
const troubleMs = 8_000;
const commandTimeoutMs = 500;
const lateMs = 2_000;
/** Every write is settled by then, whatever happened during the faults. */
const settledMs = troubleMs + lateMs + 2 * commandTimeoutMs + 2_000;

/** Longer than any run: a planted bug that never settles ends here. */
const tooLateMs = 600_000;

/** Violations of what idempotency promises, counted over one run; 0 each. */
export interface Broken {
  executedTwice: number;
  /** A client received the success of its write, and a later repetition was made again or refused. */
  forgotten: number;
  /** 409 without a request in flight for the key. */
  underWayWithNothing: number;
  /** A request with another body received the answer of the first request. */
  mistaken: number;
  /** A receipt was wrong. */
  falseReceipts: number;
}

export interface ModelRun extends Broken {
  /** Store commands and writes. */
  steps: number;
}

/** A planted bug. */
export interface Damage {
  readonly store?: (store: StateStore) => Partial<StateStore>;
  /** Default: recording a result is retried until the store confirms it. */
  readonly retries?: boolean;
}

/**
 * Runs the model with one seed: two replicas over one store whose commands may be slow, lost or unconfirmed,
 * and clients that repeat their requests.
 */
export async function runModel(seed: number, damage: Damage = {}): Promise<ModelRun> {
  const chance = new Chance(seed);
  const between = (least: number, most: number) => least + chance.below(most - least + 1);
  const time = virtualTime();
  const result: ModelRun = {
    steps: 0,
    executedTwice: 0,
    forgotten: 0,
    underWayWithNothing: 0,
    mistaken: 0,
    falseReceipts: 0,
  };
  const shared = createMemoryStore({ clock: time.now });
  const wait = damage.retries === false ? () => new Promise<void>(() => undefined) : time.wait;
  const replicas: Idempotency[] = Array.from({ length: replicaCount }, () => {
    const store = faultyStore();
    return createIdempotency({ store: { ...store, ...damage.store?.(store) }, log, wait });
  });
  let executions = 0;
  let madeBody: string | undefined;
  let active = 0;

  /**
   * Creates the store connection of one replica: commands take effect in order, whether or not their answers
   * arrive.
   */
  function faultyStore(): StateStore {
    let lastEffectAt = 0;
    const command =
      <Args extends [StateKey, ...unknown[]], T>(work: (...args: Args) => Promise<T>) =>
      async (...args: Args): Promise<T> => {
        result.steps++;
        const isTrouble = time.now() < troubleMs && chance.percent(60);
        if (isTrouble && chance.percent(25)) {
          await time.wait(between(0, commandTimeoutMs));
          throw new StateUnavailable('never sent');
        }
        lastEffectAt = Math.max(lastEffectAt, time.now() + between(0, isTrouble ? lateMs : 5));
        const effect = time.wait(lastEffectAt - time.now()).then(() => work(...args));
        if (isTrouble && chance.percent(33)) {
          await time.wait(commandTimeoutMs);
          throw new StateUnavailable('the answer is lost');
        }
        const timeout = time
          .wait(commandTimeoutMs)
          .then(() => Promise.reject(new StateUnavailable('too late')));
        timeout.catch(() => undefined);
        return Promise.race([effect, timeout]);
      };
    return {
      ...shared,
      add: command(shared.add),
      get: command(shared.get),
      set: command(shared.set),
      replaceIf: command(shared.replaceIf),
      deleteIf: command(shared.deleteIf),
      delete: command(shared.delete),
      replace: command(shared.replace),
    };
  }

  async function request(body: string): Promise<'made' | 'in flight' | 'mismatch' | 'failed'> {
    const { once } = chance.pick(replicas);
    const startedAt = time.now();
    active++;
    try {
      const { recorded } = await once(
        { tenant, client: 'c', user: 'u', key: 'k', fingerprint: body },
        async () => {
          await time.wait(between(0, 3_000));
          // No call is made after its budget. A failed call was not made.
          if (time.now() - startedAt >= maxWriteMs || chance.percent(33))
            throw new Problem('upstream-timeout');
          result.steps++;
          if (executions++ > 0) result.executedTwice++;
          madeBody = body;
          await time.wait(between(0, 1_000));
          return { kind: 'view', status: 200, view: { body } } satisfies Recorded;
        },
      );
      if (recorded.kind !== 'view' || recorded.view['body'] !== body) result.mistaken++;
      return 'made';
    } catch (error) {
      if (error instanceof StateUnavailable) return 'failed';
      const { type } = error as Problem;
      return type === 'conflict' ? 'in flight' : type === 'unprocessable' ? 'mismatch' : 'failed';
    } finally {
      active--;
    }
  }

  /** @param wasMade whether a client has received the success of its write */
  async function checkReceipt(wasMade: boolean): Promise<void> {
    const before = executions;
    const receipt = await chance
      .pick(replicas)
      .receipt({ tenant, client: 'c', user: 'u', key: 'k' })
      .catch(() => null);
    if (receipt === null) return;
    const state = receipt?.state ?? 'unknown';
    if (state === 'refused' || (state === 'applied' && executions === 0)) result.falseReceipts++;
    if (wasMade && state === 'unknown') result.falseReceipts++;
    if (before === 0 && active === 0 && executions === 0 && time.now() > settledMs && state !== 'unknown')
      result.falseReceipts++;
  }

  async function client(body: string): Promise<void> {
    let wasMade = false;
    await time.wait(between(0, troubleMs));
    for (let repetition = between(1, 5); repetition > 0; repetition--) {
      const answer = await request(body);
      if (answer === 'made') wasMade = true;
      else if (wasMade && answer === 'mismatch') result.forgotten++;
      await checkReceipt(wasMade);
      await time.wait(between(0, 2_000));
    }
  }

  const clients = Array.from({ length: between(2, 5) }, () =>
    client(bodies[chance.percent(20) ? 1 : 0] as string),
  );
  await time.runAll(tooLateMs);
  await Promise.all(clients);

  // All requests have ended: what holds now must hold for every later request at any replica.
  const last = (async () => {
    await time.wait(Math.max(0, settledMs - time.now()));
    for (let i = 0; i < 4; i++) {
      await checkReceipt(executions > 0);
      const [wasMade, body] = [executions > 0, madeBody ?? (bodies[0] as string)];
      const answer = await request(body);
      if (answer === 'in flight' && active === 0) result.underWayWithNothing++;
      if (wasMade && answer !== 'made') result.forgotten++;
    }
  })();
  await time.runAll(tooLateMs);
  await last;
  return result;
}
