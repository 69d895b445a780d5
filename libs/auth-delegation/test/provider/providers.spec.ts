import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type RelyingPartyOptions } from '../../src/index.ts';
import { stoppedClock } from '../world/clock.ts';
import { signed } from '../world/forge.ts';
import { partyOf } from '../world/relying-party.ts';
import { startIssuer, type TestIssuer } from '../world/test-issuer.ts';

/** An ID token as the provider's documentation shows it, and the settings of docs/identity-providers.md with which it is read. */
interface Documented {
  readonly claims: object;
  readonly settings: Partial<RelyingPartyOptions>;
  readonly login: object;
}

const directory = '9188040d-6c67-4c5b-b112-36a304b66dad';
const providers: Readonly<Record<string, Documented>> = {
  Auth0: {
    claims: { sub: 'auth0|1', sid: 's', 'https://you.example/tid': 't1', 'https://you.example/roles': ['a'] },
    settings: {
      claimNames: { tenants: 'https://you.example/tid', roles: 'https://you.example/roles' },
    },
    login: { subject: 'auth0|1', tenants: ['t1'], roles: ['a'], sid: 's' },
  },
  'Entra ID': {
    claims: {
      sub: 'pairwise',
      oid: 'object-id',
      tid: directory,
      roles: ['a'],
      ver: '2.0',
      uti: 'u',
      rh: 'r',
    },
    settings: { claimNames: { subject: 'oid' } },
    login: { subject: 'object-id', providerSubject: 'pairwise', tenants: [directory], roles: ['a'] },
  },
  Okta: {
    claims: {
      sub: '00u1',
      ver: 1,
      amr: ['pwd'],
      idp: '00o1',
      tid: 't1',
      groups: ['Everyone', 'A'],
      auth_time: 1,
    },
    settings: { claimNames: { roles: 'groups', roleMap: new Map([['A', 'a']]) } },
    login: { subject: '00u1', tenants: ['t1'], roles: ['a'] },
  },
  Cognito: {
    claims: {
      sub: 'u',
      token_use: 'id',
      'cognito:username': 'u',
      'cognito:groups': ['a'],
      'custom:tid': 't1',
    },
    settings: { claimNames: { tenants: 'custom:tid', roles: 'cognito:groups' } },
    login: { subject: 'u', tenants: ['t1'], roles: ['a'] },
  },
  Zitadel: {
    // Several audiences: the project's, and those of its other clients.
    claims: {
      sub: '163840776835432705',
      aud: ['web-bff', 'project-id'],
      azp: 'web-bff',
      'urn:zitadel:iam:user:resourceowner:id': 't1',
    },
    settings: {
      trustedAudiences: ['project-id'],
      claimNames: { tenants: 'urn:zitadel:iam:user:resourceowner:id' },
    },
    login: { subject: '163840776835432705', tenants: ['t1'], roles: [] },
  },
  Authentik: {
    claims: {
      sub: 'hash',
      acr: 'goauthentik.io/providers/oauth2/default',
      tid: 't1',
      groups: ['a'],
      name: '',
    },
    settings: { claimNames: { roles: 'groups' } },
    login: { subject: 'hash', tenants: ['t1'], roles: ['a'] },
  },
  Google: {
    claims: { sub: '110169484474386276334', azp: 'web-bff', hd: 'you.example', email_verified: true },
    settings: { claimNames: { tenants: 'hd' } },
    login: { subject: '110169484474386276334', tenants: ['you.example'], roles: [] },
  },
};

const clock = stoppedClock();
let idp: TestIssuer;
beforeAll(async () => {
  idp = await startIssuer('RS256');
});
afterAll(() => idp.close());

test.each(Object.entries(providers))(
  '%s: an ID token as documented becomes a login with the documented settings',
  async (_name, { claims, settings, login: expected }) => {
    const party = partyOf({ issuer: idp.issuer, now: clock.now, ...settings });
    const { login } = await party.begin();
    const dates = { iat: clock.seconds(), exp: clock.seconds() + 300, auth_time: clock.seconds() };
    idp.idToken = () =>
      signed(idp.key, {}, { iss: idp.issuer, aud: 'web-bff', nonce: login.nonce, ...claims, ...dates });
    const callback = new URL('https://app.example/auth/callback');
    callback.search = String(new URLSearchParams({ state: login.state, code: 'c', iss: idp.issuer }));
    await expect(party.finish(callback, login)).resolves.toMatchObject({
      kind: 'logged-in',
      login: expected,
    });
  },
);
