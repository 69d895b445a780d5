import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  createLogger,
  createMemoryStore,
  Problem,
  StateUnavailable,
  type StateStore,
} from '@bff/service-kit';
import { parseTenantId } from '@bff/tenancy';
import { lockMs } from '../../src/declaration/lock-ms.ts';
import { createIdempotency, parseIdempotencyKey, type Recorded } from '../../src/serve/idempotency.ts';

const log = createLogger('test', 'silent');
const tenant = parseTenantId('t1')!;
const asked = { tenant, client: 'erp', user: 'erp', key: 'k1', fingerprint: 'f' };
const done: Recorded = { kind: 'view', view: { settings: { theme: 'dark' } }, upstreamTag: '"2"' };

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
const typeOf = async (answer: Promise<unknown>) => answer.then(() => 'answered', (error: Problem) => error.type); // prettier-ignore
const forever = () => new Promise<never>(() => undefined);

describe('T5', () => {
  test('a repetition is answered alike for 24 hours, from any replica; then the key is free', async () => {
    expect(await over().once(asked, perform)).toEqual({ recorded: done, replayed: false });
    at = 24 * 3_600_000 - 1;
    expect(await over().once(asked, perform)).toEqual({ recorded: done, replayed: true });
    expect(performed).toBe(1);
    at += 1;
    expect(await over().once(asked, perform)).toEqual({ recorded: done, replayed: false });
  });

  test('a final refusal is an answer too', async () => {
    const refused: Recorded = { kind: 'problem', type: 'precondition-failed' };
    await over().once(asked, async () => refused);
    expect((await over().once(asked, perform)).recorded).toEqual(refused);
    expect(performed).toBe(0);
  });

  test('another request with the key is unprocessable, whether the first is done or under way', async () => {
    void over().once(asked, forever);
    expect(await typeOf(over().once({ ...asked, fingerprint: 'other' }, perform))).toBe('unprocessable');
    await over().once({ ...asked, key: 'k2' }, perform);
    expect(await typeOf(over().once({ ...asked, key: 'k2', fingerprint: 'other' }, perform))).toBe('unprocessable'); // prettier-ignore
    expect(performed).toBe(1);
  });

  test('T1 keys of two clients, users or tenants never meet', async () => {
    await over().once(asked, perform);
    await over().once({ ...asked, user: 'u1' }, perform);
    await over().once({ ...asked, client: 'crm' }, perform);
    await over().once({ ...asked, tenant: parseTenantId('t2')! }, perform);
    await over().once({ ...asked, client: 'erp:k1', key: '' }, perform);
    expect(performed).toBe(5);
  });

  test('while the first is under way: conflict with Retry-After; when it died, the next takes over', async () => {
    void over().once(asked, forever);
    at = lockMs - 1;
    const refusal = await over().once(asked, perform).catch((error: Problem) => error); // prettier-ignore
    expect(refusal).toMatchObject({ type: 'conflict', headers: { 'Retry-After': '1' } });
    at = lockMs;
    expect(await over().once(asked, perform)).toEqual({ recorded: done, replayed: false });
    expect(await over().once(asked, perform)).toEqual({ recorded: done, replayed: true });
    expect(performed).toBe(1);
  });

  test('who comes back after its lock ended does not undo what the next one made', async () => {
    let finish: (recorded: Recorded) => void;
    const late = over().once(asked, () => new Promise((resolve) => (finish = resolve)));
    await Promise.resolve();
    at = lockMs;
    await over().once(asked, perform);
    finish!({ kind: 'problem', type: 'not-found' });
    await late;
    expect((await over().once(asked, perform)).recorded).toEqual(done);

    let fail: (error: Error) => void;
    const other = { ...asked, key: 'k2' };
    const lateFailure = over().once(other, () => new Promise((_, reject) => (fail = reject)));
    await Promise.resolve();
    at += lockMs;
    await over().once(other, perform);
    fail!(new Problem('upstream-timeout'));
    expect(await typeOf(lateFailure)).toBe('upstream-timeout');
    expect(await over().once(other, perform)).toEqual({ recorded: done, replayed: true });
  });

  test('what is not final leaves the key free', async () => {
    const failing = over().once(asked, async () => {
      throw new Problem('upstream-timeout');
    });
    expect(await typeOf(failing)).toBe('upstream-timeout');
    expect(await over().once(asked, perform)).toEqual({ recorded: done, replayed: false });
  });

  test('the store is down before: nothing is done; after: the answer is given', async () => {
    const down = () => Promise.reject(new StateUnavailable('down'));
    await expect(over({ ...store, add: down }).once(asked, perform)).rejects.toThrow(StateUnavailable);
    expect(performed).toBe(0);
    const lost = over({ ...store, replace: down, delete: down });
    expect(await lost.once(asked, perform)).toEqual({ recorded: done, replayed: false });
    const failing = lost.once({ ...asked, key: 'k2' }, async () => {
      throw new Problem('upstream-timeout');
    });
    expect(await typeOf(failing)).toBe('upstream-timeout');
  });
});

describe('Idempotency-Key', () => {
  test.each([
    ['"8e03978e-40d5-43dd-bc93-6894a57f9324"', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['8e03978e-40d5-43dd-bc93-6894a57f9324', '8e03978e-40d5-43dd-bc93-6894a57f9324'],
    ['"order 7, line 2"', 'order 7, line 2'],
    ['x', 'x'],
    ['a'.repeat(255), 'a'.repeat(255)],
  ])('%s', (field, key) => {
    expect(parseIdempotencyKey(field)).toBe(key);
  });

  test.each([
    undefined,
    '',
    '""',
    '"',
    '"a',
    'a"b',
    'a b',
    'ä',
    '"a\\b"',
    'a'.repeat(256),
    'a,b',
    ['a', 'b'],
  ])('none: %j', (field) => {
    expect(() => parseIdempotencyKey(field)).toThrow(expect.objectContaining({ type: 'bad-request' }));
  });
});
