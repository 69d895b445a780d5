import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { loginThroughForm, type DevIdp } from '../src/index.ts';
import { partnerScopes } from '../src/partner-scopes.ts';
import {
  authorizationRequest,
  redeem,
  requestToken,
  site,
  verified,
  type RelyingParty,
} from './relying-party.ts';
import { startIdp } from './start-idp.ts';

const agent: RelyingParty = { id: 'demo-agent', redirectUri: 'http://127.0.0.1:49321/callback' };
const resource = 'https://agents.example/mcp';
const [oneScope = '', otherScope = ''] = partnerScopes.split(' ');
let idp: DevIdp;
beforeAll(async () => {
  idp = await startIdp();
});
afterAll(() => idp.close());

async function tokenFor(party: RelyingParty, changes: Readonly<Record<string, string>>) {
  const request = authorizationRequest(idp, party, { nonce: '', ...changes });
  const callback = await loginThroughForm({
    authorizationUrl: request.url,
    username: 'alice',
    password: 'demo',
  });
  return { request, callback };
}

test('an agent gets an RFC 9068 token for the requested address and scopes, for the user who logged in', async () => {
  const { request, callback } = await tokenFor(agent, { resource, scope: oneScope });
  const { status, body } = await redeem(idp, agent, callback, request, { resource });
  expect([status, body['scope']]).toEqual([200, oneScope]);
  const { header, claims } = await verified(idp, body.access_token);
  expect(header).toMatchObject({ typ: 'at+jwt' });
  expect(claims).toMatchObject({
    aud: resource,
    sub: 'alice',
    client_id: agent.id,
    scope: oneScope,
    tid: 'acme',
    roles: ['user', 'admin'],
  });
});

test('a later login of an agent gets exactly the requested scopes, more or fewer than before', async () => {
  for (const scope of [`${oneScope} ${otherScope}`, otherScope]) {
    const { request, callback } = await tokenFor(agent, { resource, scope });
    const { body } = await redeem(idp, agent, callback, request, { resource });
    expect((await verified(idp, body.access_token)).claims).toMatchObject({ scope });
  }
});

test.each(['urn:bff:partner', 'agents', 'file:///tmp'])(
  'an agent gets no token for the resource %s',
  async (other) => {
    const { url } = authorizationRequest(idp, agent, { nonce: '', resource: other, scope: oneScope });
    const answer = await fetch(url, { redirect: 'manual' });
    expect(answer.headers.get('location')).toContain('error=invalid_target');
  },
);

test('a confidential client gets no token for the address of an agent server', async () => {
  const { url } = authorizationRequest(idp, site, { resource, scope: 'openid' });
  const answer = await fetch(url, { redirect: 'manual' });
  expect(answer.headers.get('location')).toContain('error=invalid_target');
});

test('an unknown agent registers itself dynamically (RFC 7591)', async () => {
  const { registration_endpoint: endpoint } = (await (
    await fetch(`${idp.issuer}/.well-known/openid-configuration`)
  ).json()) as { registration_endpoint: string };
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      redirect_uris: ['http://127.0.0.1/callback'],
    }),
  });
  const { client_id: id } = (await answer.json()) as { client_id: string };
  const party = { id, redirectUri: 'http://127.0.0.1:49322/callback' };
  const { request, callback } = await tokenFor(party, { resource, scope: oneScope });
  const { body } = await redeem(idp, party, callback, request, { resource });
  expect((await verified(idp, body.access_token)).claims).toMatchObject({ client_id: id, aud: resource });
});

test('an agent gets no token by client credentials', async () => {
  const { body } = await requestToken(idp, agent, { grant_type: 'client_credentials', resource });
  expect(body.access_token).toBeUndefined();
});
