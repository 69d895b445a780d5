import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readScopes, tools } from '../../src/tools.ts';
import { allScopes, withoutLimits, startRig, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig(withoutLimits);
});
afterAll(() => rig.close());

const tenantsOf: Readonly<Record<string, readonly string[]>> = {
  alice: ['acme'],
  gina: ['globex'],
  max: ['acme', 'globex'],
};
const grants = { all: allScopes, reads: readScopes.join(' '), one: 'orders:read', none: '' };
/** Content that no result may have: members that the tenant's policy blocks, and social security numbers. */
const hidden = {
  acme: /ssn|internal_notes|\d{3}-\d{2}-\d{4}/,
  globex: /ssn|internal_notes|status|loyalty|unread/,
};

const cases = Object.keys(tenantsOf).flatMap((user) =>
  [undefined, 'acme', 'globex'].flatMap((tenant) =>
    Object.keys(grants).map((grant) => [user, tenant ?? 'none', grant as keyof typeof grants] as const),
  ),
);

test.each(cases)(
  'the user %s with the tenant %s and the scopes "%s" may call only the tools that user, tenant and scopes allow',
  async (user, tenant, grant) => {
    const headers = tenant === 'none' ? undefined : { 'X-Tenant-ID': tenant };
    const mine = tenantsOf[user] ?? [];
    const acting = tenant === 'none' ? mine[0]! : tenant;
    const granted = grants[grant].split(' ');
    for (const { name, scopes, row } of tools) {
      const isAllowed =
        mine.includes(acting) &&
        (tenant !== 'none' || mine.length === 1) &&
        scopes.every((scope) => granted.includes(scope));
      const given = Object.fromEntries([...row.parameters.map((each) => [each, 'x1'])]);
      const before = rig.calls();
      const called = await rig.call(name, given, { user, scope: grants[grant], ...(headers && { headers }) });
      // 400: a user of several tenants must choose one.
      const refused = tenant === 'none' && mine.length > 1 ? 400 : 403;
      expect({ name, status: called.status }).toEqual({ name, status: isAllowed ? 200 : refused });
      if (!isAllowed) expect(rig.calls()).toBe(before);
      else expect(called.texts.join()).not.toMatch(hidden[acting as 'acme' | 'globex']);
    }
  },
);
