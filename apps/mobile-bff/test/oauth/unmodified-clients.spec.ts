import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startRig, type Rig } from '../rig.ts';
import { callApi } from '../world/native-app.ts';
import { unmodifiedClients } from '../world/unmodified-clients.ts';

const interval = 15 * 60_000;
let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ REVALIDATION_SECONDS: '900', SESSION_CACHE_SECONDS: '0' });
});
afterAll(() => rig.close());
const after = (ms: number): void => {
  rig.clock.aheadMs += ms;
  rig.world.idp.control.setClock(rig.clock.aheadMs / 1000);
};

describe.each(unmodifiedClients)('unmodified $name with its defaults', ({ discover }) => {
  test('an unmodified client discovers the server, logs in, and receives the granted scope', async () => {
    const server = await discover(rig.url);
    const { accessToken, refreshToken, scope, expiresIn } = await server.logIn('alice');
    expect(await callApi(rig.url, accessToken)).toBe(200);
    expect(refreshToken).toMatch(/^[\w-]+$/);
    expect(scope).toBe('offline_access');
    expect(expiresIn).toBeGreaterThan(880);
    expect(expiresIn).toBeLessThanOrEqual(900);
    after((expiresIn! + 1) * 1000);
    expect(await callApi(rig.url, accessToken)).toBe(401);
  });

  test('an unmodified client refreshes repeatedly and receives another refresh token each time', async () => {
    const server = await discover(rig.url);
    let tokens = await server.logIn('alice');
    const seen = new Set([tokens.refreshToken]);
    for (let round = 0; round < 3; round++) {
      after(interval);
      tokens = await server.refresh(tokens.refreshToken);
      seen.add(tokens.refreshToken);
      expect(tokens.scope).toBe('offline_access');
      expect(await callApi(rig.url, tokens.accessToken)).toBe(200);
    }
    expect(seen.size).toBe(4);
  });

  test('an unmodified client that reuses a refresh token is rejected, and its session ends', async () => {
    const server = await discover(rig.url);
    const [first, other] = [await server.logIn('alice'), await server.logIn('alice')];
    after(interval);
    const second = await server.refresh(first.refreshToken);
    after(interval);
    const third = await server.refresh(second.refreshToken);
    await expect(server.refresh(first.refreshToken)).rejects.toBeDefined();
    await expect(server.refresh(third.refreshToken)).rejects.toBeDefined();
    expect(await callApi(rig.url, third.accessToken)).toBe(401);
    const { accessToken } = await server.refresh(other.refreshToken);
    expect(await callApi(rig.url, accessToken)).toBe(200);
  });

  test('when an unmodified client revokes its refresh token, the session ends completely', async () => {
    const server = await discover(rig.url);
    const { accessToken, refreshToken } = await server.logIn('alice');
    await server.revoke(refreshToken);
    expect(await callApi(rig.url, accessToken)).toBe(401);
    await expect(server.refresh(refreshToken)).rejects.toBeDefined();
  });
});

describe('GET /.well-known/openid-configuration', () => {
  test('the OpenID configuration has all members that AppAuth requires, and claims no unsupported feature', async () => {
    const answer = await fetch(`${rig.url}/.well-known/openid-configuration`);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    const openId = (await answer.json()) as Record<string, unknown>;
    // AppAuth for Android: AuthorizationServiceDiscovery.MANDATORY_METADATA; AppAuth for iOS also requires
    // the token endpoint.
    for (const member of [
      'issuer',
      'authorization_endpoint',
      'token_endpoint',
      'jwks_uri',
      'response_types_supported',
      'subject_types_supported',
      'id_token_signing_alg_values_supported',
    ])
      expect(openId).toHaveProperty(member);
    expect(openId).toMatchObject({
      issuer: rig.url,
      scopes_supported: ['offline_access'],
      id_token_signing_alg_values_supported: [],
    });
    const keys = await fetch(String(openId['jwks_uri']));
    expect(await keys.json()).toEqual({ keys: [] });
    const oauth = await (await fetch(`${rig.url}/.well-known/oauth-authorization-server`)).json();
    expect(openId).toMatchObject(oauth as object);
  });
});
