import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readScopes, tools } from '../../src/tools.ts';
import { allScopes, startRig, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ CORS_ORIGINS: 'https://agents.example' });
});
afterAll(() => rig.close());

const metadataUrl = () => rig.url.replace('/mcp', '/.well-known/oauth-protected-resource/mcp');
const read = tools.find(({ annotations }) => annotations.readOnlyHint)!;
const write = tools.find(({ annotations }) => !annotations.readOnlyHint)!;
const callOf = ({ name }: typeof read) => ({ method: 'tools/call', params: { name, arguments: {} } });

describe('protected resource metadata (RFC 9728)', () => {
  test('the protected resource metadata names the provider, the endpoint URL as the resource, and the scopes of all reads', async () => {
    const answer = await fetch(metadataUrl());
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    expect(await answer.json()).toEqual({
      resource: rig.url,
      resource_name: expect.any(String),
      authorization_servers: [rig.world.idp.issuer],
      scopes_supported: readScopes,
      bearer_methods_supported: ['header'],
    });
  });

  test('answers 401 with a challenge that names the URL of the resource metadata when the request has no token', async () => {
    const answer = await fetch(rig.url, { method: 'POST' });
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringContaining(`Bearer resource_metadata="${metadataUrl()}"`),
    ]);
  });

  test('answers 401 with a challenge that names the URL of the resource metadata when the token is invalid', async () => {
    const { status, headers } = await rig.send(undefined, { Authorization: 'Bearer x.y.z' });
    expect([status, headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringMatching(/^Bearer resource_metadata="[^"]+", error="invalid_token"/),
    ]);
  });
});

describe('audience of the access token (RFC 8707)', () => {
  test.each([
    ['the name of the app', () => 'agent-bff'],
    ['the origin without the path', () => rig.url.replace('/mcp', '')],
    ['another path', () => `${rig.url}/other`],
    ['another server', () => 'https://other.example/mcp'],
    ['another BFF', () => 'partner-bff'],
  ])('rejects a token whose audience is %s, without an upstream call', async (_, audience) => {
    const { access_token } = rig.world.idp.control.devToken({
      user: 'alice',
      audience: audience(),
      scope: allScopes,
    });
    const before = rig.calls();
    const { status } = await rig.send(callOf(read), { Authorization: `Bearer ${access_token}` });
    expect([status, rig.calls()]).toEqual([401, before]);
  });

  test('accepts a token that the provider issued to an agent for this endpoint', async () => {
    const agent = await rig.agent();
    expect((await agent.client.listTools()).tools).not.toHaveLength(0);
    await agent.close();
  });
});

describe('scopes of the access token (RFC 6750, section 3.1)', () => {
  test.each(tools.map((tool) => [tool.name, tool] as const))(
    'the tool %s runs when the token has all of its scopes, and returns 403 insufficient_scope when one scope is missing',
    async (_, tool) => {
      for (const missing of tool.scopes) {
        const scope = allScopes
          .split(' ')
          .filter((each) => each !== missing)
          .join(' ');
        const before = rig.calls();
        const { status, headers } = await rig.call(tool.name, {}, { scope });
        expect([status, headers.get('www-authenticate'), rig.calls()]).toEqual([
          403,
          `Bearer resource_metadata="${metadataUrl()}", error="insufficient_scope", scope="${tool.scopes.join(' ')}"`,
          before,
        ]);
      }
      expect((await rig.call(tool.name, {}, { scope: tool.scopes.join(' ') })).status).toBe(200);
    },
  );

  test('the tool list contains a write tool only when the token has the scope of that tool', async () => {
    const listed = async (scope: string) => {
      const { body } = await rig.send(undefined, { Authorization: `Bearer ${rig.token('alice', scope)}` });
      return (body.result.tools as { name: string }[]).map(({ name }) => name);
    };
    expect(await listed(readScopes.join(' '))).not.toContain(write.name);
    expect(await listed(allScopes)).toContain(write.name);
  });
});

describe('requests from web pages of other origins', () => {
  test('answers 403 to a request whose Origin is not in CORS_ORIGINS', async () => {
    const { status } = await rig.send(undefined, { Origin: 'https://evil.example' });
    expect(status).toBe(403);
  });
  test('answers 200 to a request whose Origin is in CORS_ORIGINS', async () => {
    const { status } = await rig.send(undefined, { Origin: 'https://agents.example' });
    expect(status).toBe(200);
  });
});
