import { type IncomingMessage } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { Problem } from '@bff/service-kit';
import { createTenantDirectory, trustedProxies } from '@bff/tenancy';
import { decodeJwt } from 'jose';
import { readAccessClaims } from '../../src/access-token/access-claims.ts';
import { createInternalTokens, identifyCaller, requireScopes, TokenRefused } from '../../src/index.ts';
import { stoppedClock } from '../world/clock.ts';
import { alice } from '../world/identities.ts';

const claims = { sub: 'erp', client_id: 'erp', jti: '1', iat: 1, exp: 2 };

describe('M1 the scopes of an access token (RFC 9068, section 2.2.3)', () => {
  test.each<[string, object, readonly string[]]>([
    ['one', { scope: 'orders:read' }, ['orders:read']],
    ['several', { scope: 'orders:read customers:read' }, ['orders:read', 'customers:read']],
    ['blanks', { scope: '  orders:read ' }, ['orders:read']],
    ['empty', { scope: '' }, []],
    ['not there', {}, []],
    ['the list of Entra and Okta', { scp: ['orders:read'] }, ['orders:read']],
    ['the text of Entra', { scp: 'orders:read customers:read' }, ['orders:read', 'customers:read']],
    ['both: the standard one', { scope: 'orders:read', scp: ['admin'] }, ['orders:read']],
  ])('%s', (_title, granted, scopes) => {
    expect(readAccessClaims({ ...claims, ...granted }, 0).identity.scopes).toEqual(scopes);
  });

  test.each([{ scope: 7 }, { scope: { a: 1 } }, { scp: [1] }, { scope: ['orders:read', ''] }])(
    '%j is refused',
    (granted) => {
      expect(() => readAccessClaims({ ...claims, ...granted }, 0)).toThrow(TokenRefused);
    },
  );
});

describe('requireScopes', () => {
  /** What comes of a request: the scheme of its token, what the token was granted, what is needed. */
  async function ask(scheme: string, granted: readonly string[] | undefined, needed: readonly string[]) {
    const request = { headers: { authorization: `${scheme} x` }, socket: {} } as IncomingMessage;
    const identify = identifyCaller({
      authenticate: async () => alice(0, { scopes: granted }),
      directory: createTenantDirectory({
        tenants: [{ id: 'acme', name: 'Acme', status: 'active', fields: {} }],
      }),
      trustedProxies: trustedProxies([]),
    });
    let outcome = 'refused';
    const response = undefined as never;
    await identify(request as never, response, () => undefined);
    try {
      await requireScopes(needed)(request as never, response, () => (outcome = 'passed'));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { status: error.status, type: error.type, challenge: error.headers['WWW-Authenticate'] };
    }
    return outcome;
  }

  test.each<[readonly string[], readonly string[]]>([
    [['orders:read'], ['orders:read']],
    [['a', 'orders:read', 'b'], ['orders:read']],
    [
      ['b', 'a'],
      ['a', 'b'],
    ],
    [[], []],
  ])('%j are enough for %j', async (granted, needed) => {
    expect(await ask('Bearer', granted, needed)).toBe('passed');
  });

  test.each<[readonly string[] | undefined, readonly string[]]>([
    [[], ['orders:read']],
    [undefined, ['orders:read']],
    [['orders'], ['orders:read']],
    [['orders:read2', 'xorders:read'], ['orders:read']],
    [['Orders:read'], ['orders:read']],
    [['a'], ['a', 'b']],
  ])('%j are not enough for %j: 403 that names what is needed (RFC 6750)', async (granted, needed) => {
    for (const [sent, told] of [
      ['Bearer', 'Bearer'],
      ['dpop', 'DPoP'],
    ] as const)
      // prettier-ignore
      expect(await ask(sent, granted, needed)).toEqual({
        status: 403,
        type: 'insufficient-scope',
        challenge: `${told} error="insufficient_scope", scope="${needed.join(' ')}"`,
      });
  });
});

describe('M6 the scope never grows', () => {
  const clock = stoppedClock();
  const tokens = createInternalTokens({
    azp: 'partner-bff',
    keys: { alg: 'HS256', secret: 'a secret of thirty-two bytes, or more' },
    now: clock.now,
  });
  const scopeFor = (scopes?: readonly string[]) =>
    decodeJwt(tokens.bearerFor(alice(clock.seconds(), { scopes }))('order-service'))['scope'];

  test("an internal token carries what the caller's token was granted, and no token of a wider one is reused", () => {
    expect(scopeFor(['orders:read', 'orders:write'])).toBe('orders:read orders:write');
    expect(scopeFor(['orders:read'])).toBe('orders:read');
    expect(scopeFor([])).toBe('');
    expect(scopeFor(undefined)).toBeUndefined();
  });
});
