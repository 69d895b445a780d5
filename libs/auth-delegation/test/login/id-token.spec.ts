import { expect, test } from '@jest/globals';
import { TokenRefused } from '../../src/index.ts';
import { verifyIdToken } from '../../src/login/id-token.ts';
import { tryAttacks } from '../world/attack.ts';
import { stoppedClock } from '../world/clock.ts';
import { keyPair, signerOf } from '../world/forge.ts';
import { hostileTokens, publicPartsOf, wrongClaims, type GoodToken } from '../world/hostile-tokens.ts';

const clock = stoppedClock();
const now = clock.seconds();
const key = keyPair('ES256');
const issuer = 'https://idp.example';

test('W4 our own checks reject every hostile ID token, even those that openid-client accepts', async () => {
  const { subtle } = globalThis.crypto;
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const published = await subtle.importKey('jwk', key.publicKey.export({ format: 'jwk' }), algorithm, true, [
    'verify',
  ]);
  const findKey = async ({ kid }: { kid?: string }) => {
    if (kid !== key.kid) throw new TokenRefused('unknown-key');
    return published;
  };
  const rules = {
    provider: { metadata: async () => ({ issuer }), findKeyOfLogin: findKey } as never,
    issuer,
    clientId: 'web-bff',
    nonce: 'the-nonce',
    clockToleranceSeconds: 30,
    now: clock.now,
  };
  const good: GoodToken = {
    header: { alg: 'ES256', kid: key.kid },
    payload: {
      iss: issuer,
      sub: 'u1',
      aud: 'web-bff',
      azp: 'web-bff',
      nonce: 'the-nonce',
      iat: now,
      exp: now + 300,
    },
    signer: signerOf(key),
    publicParts: publicPartsOf(key),
  };
  const vectors = [
    ...hostileTokens(good),
    ...wrongClaims(good, {
      iss: [undefined, `${issuer}/`, [issuer], null],
      aud: [undefined, 'mobile-bff', ['web-bff', 'mobile-bff'], ['mobile-bff'], [], null],
      azp: ['mobile-bff', 1],
      nonce: [undefined, '', 'foreign', null, ['the-nonce']],
      sub: [undefined, '', null, 1],
      iat: [undefined, null, now + 31, now - 331, now - 604_800],
      exp: [undefined, null, now - 30],
    }),
  ];

  const { tried, ...siege } = await tryAttacks(
    vectors,
    (token) => verifyIdToken(token, rules),
    (error) => error instanceof TokenRefused,
  );

  expect(siege).toEqual({ through: [], crashed: [] });
  expect(tried).toBeGreaterThan(450);
});
