import { describe, expect, test } from '@jest/globals';
import { createMemoryStore, stateKey, type StateStore, type TenantId } from '@bff/service-kit';
import { parseTenantId, type Quotas } from '../src/index.ts';

/**
 * Never called: that this compiles is the test. `tsc --build` fails when a line below a `@ts-expect-error` is no error
 * any more.
 */
export function forbidden(store: StateStore, quotas: Quotas, text: string): void {
  // @ts-expect-error a text is no tenant: `parseTenantId` is the only door
  stateKey(text, 'cache', 'thing');
  // @ts-expect-error nor is what that door says of a text that is none
  stateKey(parseTenantId(text), 'cache', 'thing');
  // @ts-expect-error a text is no key: it could lack its tenant
  void store.get(`t1:cache:${text}`);
  // @ts-expect-error a tenant cannot be put between the parts of a key by hand
  void store.set(`${stateKey('a' as TenantId, 'cache')}:${text}`, '', 1);
  // @ts-expect-error a key is about one of the known areas
  stateKey('a' as TenantId, 'cahce', 'thing');
  // @ts-expect-error nothing is counted for a tenant that the directory did not give out
  void quotas.admit({ id: text, quotas: {} }, 'erp');
}

describe('T1 what is left to the types to hold', () => {
  test.each([
    ['a', 'b:c'],
    ['a:b', 'c'],
    ['a%3Ab', 'c'],
    ['a}', '{t2}:cache'],
  ])('no part of a key ends early and becomes another one: %j, %j', async (...parts) => {
    const [t1, t2] = [parseTenantId('t1')!, parseTenantId('t2')!];
    const key = stateKey(t1, 'cache', ...parts);
    expect(key.split(':')).toHaveLength(2 + parts.length);
    expect(key.startsWith('{t1}:cache:')).toBe(true);
    const store = createMemoryStore();
    await store.set(key, 'x', 1_000);
    expect(await store.get(stateKey(t2, 'cache', ...parts))).toBeUndefined();
  });
});
