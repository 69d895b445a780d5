import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { createTenantDirectory, trustedProxies } from '@bff/tenancy';
import { createAccessDate, identifyCaller, type Identity } from '../../src/index.ts';

const minute = 60_000;
const now = Date.UTC(2026, 0, 5, 12);
const seconds = now / 1000;
const fields = { blocked: [], allowed: [] };
const config = { tenants: ['t1', 't2'].map((id) => ({ id, name: id, status: 'active' as const, fields })) };

interface Changes {
  readonly identity?: Partial<Identity>;
  readonly inForceSince?: number | undefined;
  readonly isReplicated?: boolean;
}

/** Returns the access date of a request that was identified at `now`. */
async function accessDateOf({ identity, isReplicated = false, ...changes }: Changes = {}) {
  const at = 'inForceSince' in changes ? changes.inForceSince : now - 60 * minute;
  const request = { headers: { 'x-tenant-id': 't1' } } as unknown as IncomingMessage;
  const identify = identifyCaller({
    authenticate: async () => ({
      subject: 'u1',
      tenants: ['t1'],
      roles: [],
      permissions: [],
      authTime: 0,
      establishedAt: seconds - 1_800,
      expiresAt: seconds + 60,
      ...identity,
    }),
    directory: createTenantDirectory(config, at === undefined ? undefined : { replaced: undefined, at }),
    trustedProxies: trustedProxies([]),
    now: () => now,
  });
  await identify(request as never, {} as never, () => undefined);
  return createAccessDate({ isReplicated })(request);
}

describe('the access date of a caller', () => {
  test('the access date of a caller is the start of the session when the policy of the tenant is older', async () => {
    expect(await accessDateOf()).toEqual({ changedAt: now - 30 * minute, knownAt: now });
  });

  test('the access date of a caller is the time when the policy of the tenant was applied when the session is older', async () => {
    const inForceSince = now - minute;
    expect(await accessDateOf({ inForceSince })).toEqual({ changedAt: inForceSince, knownAt: now });
  });

  test('with other replicas, the access date is known only up to 15 minutes ago, because replicas may still apply an older policy', async () => {
    expect(await accessDateOf({ isReplicated: true })).toMatchObject({ knownAt: now - 15 * minute });
  });

  test.each<[string, Changes]>([
    ['the identity may choose among tenants at the same address', { identity: { tenants: ['t1', 't2'] } }],
    ['the age of the identity is not known', { identity: { establishedAt: undefined } }],
    ['the directory of tenants is not followed', { inForceSince: undefined }],
  ])('the access date of a caller is undefined when %s', async (_, changes) => {
    expect(await accessDateOf(changes)).toBeUndefined();
  });

  test('reading the access date of a request without a caller throws', () => {
    const accessDate = createAccessDate({ isReplicated: false });
    expect(() => accessDate({ headers: {} } as IncomingMessage)).toThrow(TypeError);
  });
});
