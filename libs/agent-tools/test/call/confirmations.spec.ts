import { expect, test } from '@jest/globals';
import { createMemoryStore, type TenantId } from '@bff/service-kit';
import { createConfirmations } from '../../src/call/confirmations.ts';

const key = 'a key that is longer than 32 characters';
const tenant = 't1' as TenantId;
const bounds = ['t1', 'agent', 'user', 'removeThing', '{"id":"1"}'];

function world(startMs = 0) {
  let nowMs = startMs;
  const store = createMemoryStore();
  const options = { key, store, now: () => nowMs };
  return {
    one: createConfirmations(options),
    other: createConfirmations(options),
    pass: (ms: number) => void (nowMs += ms),
  };
}

test('a confirmation that one replica issued can be redeemed once, by any replica', async () => {
  const { one, other } = world();
  const { token, expires_in_seconds } = one.issue(bounds);
  expect(expires_in_seconds).toBe(120);
  expect(await other.redeem(token, tenant, bounds)).toEqual(expect.any(String));
  await expect(other.redeem(token, tenant, bounds)).rejects.toMatchObject({
    type: 'unprocessable',
    detail: expect.stringContaining('used before'),
  });
  await expect(one.redeem(token, tenant, bounds)).rejects.toMatchObject({ type: 'unprocessable' });
});

test.each([
  ['another user', ['t1', 'agent', 'other', 'removeThing', '{"id":"1"}']],
  ['another agent', ['t1', 'other', 'user', 'removeThing', '{"id":"1"}']],
  ['another tenant', ['t2', 'agent', 'user', 'removeThing', '{"id":"1"}']],
  ['another tool', ['t1', 'agent', 'user', 'removeAll', '{"id":"1"}']],
  ['other arguments', ['t1', 'agent', 'user', 'removeThing', '{"id":"2"}']],
])(
  'a confirmation that is redeemed for %s is rejected, and can still be redeemed for its own call',
  async (_, others) => {
    const { one } = world();
    const { token } = one.issue(bounds);
    await expect(one.redeem(token, tenant, others)).rejects.toMatchObject({ type: 'unprocessable' });
    expect(await one.redeem(token, tenant, bounds)).toEqual(expect.any(String));
  },
);

test('a confirmation expires after two minutes, and is rejected when its expiry was changed', async () => {
  const { one, pass } = world();
  const { token } = one.issue(bounds);
  const [, ...rest] = token.split('.');
  pass(120_000);
  await expect(one.redeem(token, tenant, bounds)).rejects.toMatchObject({
    detail: expect.stringContaining('expired'),
  });
  await expect(one.redeem(['zzzzzzzz', ...rest].join('.'), tenant, bounds)).rejects.toMatchObject({
    type: 'unprocessable',
  });
});

test.each(['', 'x', 'a.b', 'a.b.c', '....'])('the malformed confirmation %j is rejected', async (token) => {
  await expect(world().one.redeem(token, tenant, bounds)).rejects.toMatchObject({ type: 'unprocessable' });
});
