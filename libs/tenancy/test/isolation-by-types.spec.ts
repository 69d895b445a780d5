import { describe, expect, test } from '@jest/globals';
import { createMemoryStore, stateKey, type StateStore, type TenantId } from '@bff/service-kit';
import { parseTenantId, type Quotas } from '../src/index.ts';

/**
 * Never called: the test is that it compiles. `tsc --build` fails when the line below a `@ts-expect-error` is
 * not an error.
 */
export function forbidden(store: StateStore, quotas: Quotas, text: string): void {
  // @ts-expect-error a string is not a tenant: only `parseTenantId` creates one
  stateKey(text, 'cache', 'thing');
  // @ts-expect-error the `undefined` that `parseTenantId` returns for an invalid id is not a tenant
  stateKey(parseTenantId(text), 'cache', 'thing');
  // @ts-expect-error a string is not a key: it could lack its tenant
  void store.get(`t1:cache:${text}`);
  // @ts-expect-error a key cannot be composed of strings
  void store.set(`${stateKey('a' as TenantId, 'cache')}:${text}`, '', 1);
  // @ts-expect-error a key belongs to one of the known areas
  stateKey('a' as TenantId, 'cahce', 'thing');
  // @ts-expect-error requests are counted only for a tenant of the directory
  void quotas.admit({ id: text, quotas: {} }, 'erp');
}

describe('T1 keys of the state store', () => {
  test.each([
    ['a', 'b:c'],
    ['a:b', 'c'],
    ['a%3Ab', 'c'],
    ['a}', '{t2}:cache'],
  ])(
    'a state key escapes its parts %j and %j, so that they cannot form the key of another tenant',
    async (...parts) => {
      const [t1, t2] = [parseTenantId('t1')!, parseTenantId('t2')!];
      const key = stateKey(t1, 'cache', ...parts);
      expect(key.split(':')).toHaveLength(2 + parts.length);
      expect(key.startsWith('{t1}:cache:')).toBe(true);
      const store = createMemoryStore();
      await store.set(key, 'x', 1_000);
      expect(await store.get(stateKey(t2, 'cache', ...parts))).toBeUndefined();
    },
  );
});
