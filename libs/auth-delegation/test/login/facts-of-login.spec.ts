import { expect, test } from '@jest/globals';
import { factsOfLogin, type Login } from '../../src/index.ts';
import { t1, t2 } from '../world/identities.ts';
import { silentLog } from '../world/log.ts';

const statuses = new Map([
  [String(t1), 'suspended'],
  [String(t2), 'active'],
]);
const directory = {
  find: (id: string) => statuses.has(id) && { id, status: statuses.get(id) },
} as never;
const loginTo = (...tenants: string[]): Login => ({
  issuer: 'https://idp.example',
  subject: 'somebody',
  tenants,
  roles: [],
  permissions: [],
  authTime: 0,
  issuedAt: 0,
});

function factsAndLines(...tenants: string[]) {
  const lines: unknown[] = [];
  const facts = factsOfLogin(
    loginTo(...tenants),
    directory,
    silentLog((line) => lines.push(line)),
  );
  return { facts, lines };
}

test('the home of a login is the first of its tenants that is served, and nothing is logged', () => {
  expect(factsAndLines('t1', 't2')).toEqual({ facts: expect.objectContaining({ home: t2 }), lines: [] });
});

test.each([
  ['no tenant in the claim', []],
  ['t1 unknown', ['t1', 'unknown']],
  ['a b c d e', ['a', 'b', 'c', 'd', 'e', 'f']],
])(
  'F31 a login that is rejected for its tenants is logged with the setting and the tenants found (%s)',
  (found, tenants) => {
    const { facts, lines } = factsAndLines(...tenants);
    expect(facts).toBeUndefined();
    expect(lines).toEqual([
      expect.objectContaining({
        reason: 'no-tenant',
        setting: expect.stringContaining('TENANT_CLAIM'),
        found,
      }),
    ]);
    expect(JSON.stringify(lines)).not.toContain('somebody');
  },
);
