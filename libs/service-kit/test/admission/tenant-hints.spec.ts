import type { IncomingMessage } from 'node:http';
import { expect, test } from '@jest/globals';
import { TenantHints } from '../../src/admission/tenant-hints.ts';
import type { TenantId } from '../../src/index.ts';

const loud = 'loud' as TenantId;
const quiet = 'quiet' as TenantId;
const withCookie = (cookie: string) => ({ headers: { cookie } }) as unknown as IncomingMessage;

test('A9 a session that varies its other cookies does not evict the entries of other tenants', () => {
  const owners = new TenantHints();
  const known = withCookie('__Host-bff=quiet');
  owners.learn(known, quiet);
  for (let i = 0; i < 50_000; i++) owners.learn(withCookie(`junk=${i}; __Host-bff=loud`), loud);
  expect(owners.guess(known)).toBe(quiet);
  expect(owners.guess(withCookie('junk=49999; __Host-bff=loud'))).toBe(loud);
  expect(owners.guess(withCookie('junk=1; __Host-bff=loud'))).toBeUndefined();
});

test('the tenant of a credential is forgotten when the credential was not used for two generations, and kept while the credential is in use', () => {
  const owners = new TenantHints();
  const [used, unused] = [withCookie('used'), withCookie('unused')];
  for (const each of [used, unused]) owners.learn(each, quiet);
  for (let i = 0; i < 30_000; i++) {
    owners.learn(withCookie(`session=${i}`), `tenant-${i % 10}` as TenantId);
    if (i % 1_000 === 0) owners.learn(used, quiet);
  }
  expect([owners.guess(used), owners.guess(unused)]).toEqual([quiet, undefined]);
});
