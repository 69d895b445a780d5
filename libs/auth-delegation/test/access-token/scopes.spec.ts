import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { Problem } from '@bff/service-kit';
import { createTenantDirectory, trustedProxies } from '@bff/tenancy';
import { decodeJwt } from 'jose';
import { readAccessClaims } from '../../src/access-token/access-claims.ts';
import { createInternalTokens, identifyCaller, requireScopes, TokenRefused } from '../../src/index.ts';
import { stoppedClock } from '../world/clock.ts';
import { actingUser } from '../world/identities.ts';

const claims = { sub: 'erp', client_id: 'erp', jti: '1', iat: 1, exp: 2 };

describe('M1 the scopes of an access token (RFC 9068, section 2.2.3)', () => {
  test.each<[string, object, readonly string[]]>([
    ['are read from a scope claim with one scope', { scope: 'things:read' }, ['things:read']],
    [
      'are read from a scope claim with several scopes',
      { scope: 'things:read others:read' },
      ['things:read', 'others:read'],
    ],
    ['are read without surrounding blanks', { scope: '  things:read ' }, ['things:read']],
    ['are none when the scope claim is empty', { scope: '' }, []],
    ['are none when the scope claim is missing', {}, []],
    ['are read from the list scp of Entra and Okta', { scp: ['things:read'] }, ['things:read']],
    [
      'are read from the string scp of Entra',
      { scp: 'things:read others:read' },
      ['things:read', 'others:read'],
    ],
    [
      'are read from scope when the token has both scope and scp',
      { scope: 'things:read', scp: ['admin'] },
      ['things:read'],
    ],
  ])('the scopes of an access token %s', (_title, granted, scopes) => {
    expect(readAccessClaims({ ...claims, ...granted }, 0).identity.scopes).toEqual(scopes);
  });

  test.each([{ scope: 7 }, { scope: { a: 1 } }, { scp: [1] }, { scope: ['things:read', ''] }])(
    'an access token with the claims %j is rejected',
    (granted) => {
      expect(() => readAccessClaims({ ...claims, ...granted }, 0)).toThrow(TokenRefused);
    },
  );
});

describe('requireScopes', () => {
  /** Sends a request with this scheme, these granted scopes and these needed scopes. */
  async function ask(scheme: string, granted: readonly string[] | undefined, needed: readonly string[]) {
    const request = { headers: { authorization: `${scheme} x` }, socket: {} } as IncomingMessage;
    const identify = identifyCaller({
      authenticate: async () => actingUser(0, { scopes: granted }),
      directory: createTenantDirectory({
        tenants: [{ id: 't1', name: 'One', status: 'active', fields: {} }],
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
    [['things:read'], ['things:read']],
    [['a', 'things:read', 'b'], ['things:read']],
    [
      ['b', 'a'],
      ['a', 'b'],
    ],
    [[], []],
  ])('a token with the scopes %j may make a request that needs %j', async (granted, needed) => {
    expect(await ask('Bearer', granted, needed)).toBe('passed');
  });

  test.each<[readonly string[] | undefined, readonly string[]]>([
    [[], ['things:read']],
    [undefined, ['things:read']],
    [['things'], ['things:read']],
    [['things:read2', 'xthings:read'], ['things:read']],
    [['Things:read'], ['things:read']],
    [['a'], ['a', 'b']],
  ])(
    'a token with the scopes %j that makes a request that needs %j gets a 403 that names the needed scopes (RFC 6750)',
    async (granted, needed) => {
      for (const [sent, told] of [
        ['Bearer', 'Bearer'],
        ['dpop', 'DPoP'],
      ] as const)
        expect(await ask(sent, granted, needed)).toEqual({
          status: 403,
          type: 'insufficient-scope',
          challenge: `${told} error="insufficient_scope", scope="${needed.join(' ')}"`,
        });
    },
  );
});

describe('M6 scopes never grow', () => {
  const clock = stoppedClock();
  const tokens = createInternalTokens({
    azp: 'partner-bff',
    keys: { alg: 'HS256', secret: 'a secret of thirty-two bytes, or more' },
    now: clock.now,
  });
  const scopeFor = (scopes?: readonly string[]) =>
    decodeJwt(tokens.bearerFor(actingUser(clock.seconds(), { scopes }))('thing-service'))['scope'];

  test("an internal token has the scopes of the caller's token, and no token with more scopes is reused", () => {
    expect(scopeFor(['things:read', 'things:write'])).toBe('things:read things:write');
    expect(scopeFor(['things:read'])).toBe('things:read');
    expect(scopeFor([])).toBe('');
    expect(scopeFor(undefined)).toBeUndefined();
  });
});
