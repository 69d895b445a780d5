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
  test('names the provider, the address as the resource, and the scopes of what reads', async () => {
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

  test('is named by the challenge of a request without a token', async () => {
    const answer = await fetch(rig.url, { method: 'POST' });
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringContaining(`Bearer resource_metadata="${metadataUrl()}"`),
    ]);
  });

  test('is named by the challenge of a token that was refused', async () => {
    const { status, headers } = await rig.send(undefined, { Authorization: 'Bearer x.y.z' });
    expect([status, headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringMatching(/^Bearer resource_metadata="[^"]+", error="invalid_token"/),
    ]);
  });
});

describe('the audience (RFC 8707)', () => {
  test.each([
    ['the name of the app', () => 'agent-bff'],
    ['the origin without the path', () => rig.url.replace('/mcp', '')],
    ['another path', () => `${rig.url}/other`],
    ['another server', () => 'https://other.example/mcp'],
    ['another family', () => 'partner-bff'],
  ])('refuses a token for %s', async (_, audience) => {
    const { access_token } = rig.world.idp.control.devToken({
      user: 'alice',
      audience: audience(),
      scope: allScopes,
    });
    const before = rig.calls();
    const { status } = await rig.send(callOf(read), { Authorization: `Bearer ${access_token}` });
    expect([status, rig.calls()]).toEqual([401, before]);
  });

  test('accepts the token that the provider gives to an agent for this address', async () => {
    const agent = await rig.agent();
    expect((await agent.client.listTools()).tools).not.toHaveLength(0);
    await agent.close();
  });
});

describe('scopes (RFC 6750, section 3.1)', () => {
  test.each(tools.map((tool) => [tool.name, tool] as const))(
    '%s is called with all of its scopes and with no fewer',
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

  test('a list names writes only to a token that was granted them', async () => {
    const listed = async (scope: string) => {
      const { body } = await rig.send(undefined, { Authorization: `Bearer ${rig.token('alice', scope)}` });
      return (body.result.tools as { name: string }[]).map(({ name }) => name);
    };
    expect(await listed(readScopes.join(' '))).not.toContain(write.name);
    expect(await listed(allScopes)).toContain(write.name);
  });
});

describe('pages of other origins', () => {
  test('are refused before the token is looked at', async () => {
    const { status } = await rig.send(undefined, { Origin: 'https://evil.example' });
    expect(status).toBe(403);
  });
  test('may call when they are listed', async () => {
    const { status } = await rig.send(undefined, { Origin: 'https://agents.example' });
    expect(status).toBe(200);
  });
});
