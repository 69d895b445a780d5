import { expect, test } from '@jest/globals';
import { createMemoryStore, type TenantId } from '@bff/service-kit';
import { callKey } from '../../src/call/call-keys.ts';

const tenant = 't1' as TenantId;

test('50 concurrent equal tool calls get one idempotency key, and a call with other arguments, or of another user, agent or tenant, gets another key', async () => {
  const store = createMemoryStore();
  const keys = await Promise.all(
    Array.from({ length: 50 }, () => callKey(store, tenant, ['agent', 'user', 'tool', '{}'])),
  );
  expect(new Set(keys).size).toBe(1);
  const others = await Promise.all([
    callKey(store, tenant, ['agent', 'user', 'tool', '{"a":1}']),
    callKey(store, tenant, ['agent', 'other', 'tool', '{}']),
    callKey(store, tenant, ['other', 'user', 'tool', '{}']),
    callKey(store, 't2' as TenantId, ['agent', 'user', 'tool', '{}']),
  ]);
  expect(new Set([...keys, ...others]).size).toBe(5);
});
