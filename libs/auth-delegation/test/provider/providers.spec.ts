import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from '@jest/globals';
import { checkProvider } from '../../src/provider/check-provider.ts';
import { stoppedClock } from '../world/clock.ts';
import { keyPair, publicJwk, signed } from '../world/forge.ts';
import { listen, type Publisher } from '../world/publisher.ts';
import { callbackUri, partyOf } from '../world/relying-party.ts';
import { documentedProviders, type DocumentedProvider } from './documented-providers.ts';

const clock = stoppedClock();
const key = keyPair('RS256', 'issuer-key');
let stub: Publisher;
afterEach(() => stub.close());

/** Serves the documented paths. @param idToken for a code; undefined: every code is invalid */
function startStub({ issuer, metadata }: DocumentedProvider, idToken: () => string | undefined) {
  const { origin, pathname } = new URL(issuer);
  const address = (path: unknown) =>
    typeof path === 'string' && path.startsWith('/') ? origin + path : path;
  const discovery = {
    issuer,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name, address(value)])),
  };
  return listen(async (request, response) => {
    const path = (request.url ?? '').split('?')[0];
    await text(request);
    const token = idToken();
    const answers: Readonly<Record<string, readonly [number, object]>> = {
      [`${pathname.replace(/\/$/, '')}/.well-known/openid-configuration`]: [200, discovery],
      [String(metadata['jwks_uri'])]: [200, { keys: [publicJwk(key)] }],
      [String(metadata['token_endpoint'])]:
        token === undefined
          ? [400, { error: 'invalid_grant' }]
          : [200, { access_token: 'at', token_type: 'Bearer', expires_in: 60, id_token: token }],
    };
    const [status, body] = answers[path ?? ''] ?? [404, {}];
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  });
}

const each = Object.entries(documentedProviders);
/** Calls to the issuer's host go to the stub, as with an internal address (F65). */
const settingsOf = ({ issuer, settings }: DocumentedProvider) => ({
  issuer,
  providerUrl: stub.url,
  allowInsecure: false,
  now: clock.now,
  ...settings,
});

test.each(each)(
  'with the provider %s, a user logs in by the documented issuer, addresses, ID token and settings',
  async (_, provider) => {
    const { issuer, claims, login: expected } = provider;
    let nonce = '';
    const dates = { iat: clock.seconds(), exp: clock.seconds() + 300, auth_time: clock.seconds() };
    stub = await startStub(provider, () =>
      signed(key, {}, { iss: issuer, aud: 'web-bff', nonce, ...claims, ...dates }),
    );
    const party = partyOf(settingsOf(provider));
    const { login, url } = await party.begin();
    nonce = login.nonce;
    expect(url).toContain(`${new URL(issuer).origin}${String(provider.metadata['authorization_endpoint'])}?`);
    const callback = new URL(callbackUri);
    callback.search = String(new URLSearchParams({ state: login.state, code: 'c' }));
    await expect(party.finish(callback, login)).resolves.toMatchObject({
      kind: 'logged-in',
      login: expected,
    });
  },
);

test.each(each)(
  'check-provider finds what the provider %s offers, and reports an issuer with a wrong slash',
  async (_, provider) => {
    stub = await startStub(provider, () => undefined);
    const client = { clientId: 'web-bff', clientSecret: 'the-secret', redirectUri: callbackUri };
    const checks = await checkProvider({ ...client, ...settingsOf(provider) });
    const results = Object.fromEntries(checks.map(({ name, result }) => [name, result]));
    const offered = (offer: (typeof provider.offers)[number]) =>
      provider.offers.includes(offer) ? 'ok' : 'warning';
    expect(results).toMatchObject({
      discovery: 'ok',
      'authorization endpoint': 'ok',
      'token endpoint': 'ok',
      'end session endpoint': offered('end session'),
      'revocation endpoint': offered('revocation'),
      'back-channel logout': offered('back-channel logout'),
      'refresh tokens': 'ok',
      'signature algorithms': 'ok',
      keys: 'ok',
      'client authentication': 'ok',
    });
    const { issuer } = provider;
    const slashed = issuer.endsWith('/') ? issuer.slice(0, -1) : `${issuer}/`;
    const [only] = await checkProvider({ ...client, ...settingsOf(provider), issuer: slashed });
    expect(only).toEqual({
      name: 'discovery',
      result: 'failed',
      found: `issuer; found ${issuer}; expected ${slashed}; see ISSUER`,
    });
  },
);
