import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { createMemoryStore, createMetrics, type StateStore } from '@bff/service-kit';
import {
  createAuthorizationServer,
  createSeal,
  createSessionStore,
  deviceCodeGrant,
  maxTokenLength,
  sessionRevalidation,
  type Revalidation,
  type SessionFacts,
  type SessionStore,
} from '../../src/index.ts';
import { sha256 } from '../world/client.ts';
import { stoppedClock, type StoppedClock } from '../world/clock.ts';
import { t1 } from '../world/identities.ts';
import { silentLog } from '../world/log.ts';

let clock: StoppedClock;
let store: StateStore;
let sessions: SessionStore;
let revalidation: Revalidation;
/** The refresh token that the provider issues next. */
let next: string;
const lines: string[] = [];
const log = silentLog((line, text) => lines.push(String(text ?? line)));
const tooLong = 'x'.repeat(20_000);
const user = (): SessionFacts => ({
  home: t1,
  issuer: 'https://idp.example',
  subject: 'u1',
  tenants: [t1],
  roles: ['member'],
  permissions: [],
  authTime: clock.seconds(),
  issuedAt: clock.seconds(),
});

beforeEach(() => {
  lines.length = 0;
  next = 'next-refresh-token';
  clock = stoppedClock();
  store = createMemoryStore({ clock: clock.now });
  const confirmMs = 900_000;
  sessions = createSessionStore({
    store,
    kind: 'token',
    idleMs: 1e7,
    absoluteMs: 1e8,
    confirmMs,
    now: clock.now,
  });
  revalidation = sessionRevalidation(
    { revalidationSeconds: 900, providerOutageSeconds: 3_600 },
    {
      store,
      kind: 'token',
      sessions,
      party: {
        refresh: () => Promise.resolve({ kind: 'confirmed', refreshToken: next }),
        revoke: () => Promise.resolve(true),
      },
      keys: [randomBytes(32)],
      app: 'test',
      maxLength: maxTokenLength,
      alwaysRotates: true,
      log,
      metrics: createMetrics('test'),
      now: clock.now,
    },
  )!;
});

describe('F34 a refresh token of the provider', () => {
  test('when the refresh token of the provider is too long or missing, the session has no renewal token, and one line is logged', async () => {
    const { session } = await sessions.create(user());
    expect(revalidation.begin(session, tooLong)).toBeUndefined();
    expect(lines).toEqual([expect.stringContaining('too long')]);
    expect(revalidation.begin(session, undefined)).toBeUndefined();
    expect(lines).toEqual([expect.anything(), expect.stringContaining('issued no refresh token')]);
    expect(lines.join()).not.toContain('xxx');
  });

  test('when the refresh token becomes too long at a confirmation, the session is confirmed a last time, and one line is logged', async () => {
    const { handle, session } = await sessions.create(user());
    const token = revalidation.begin(session, 'refresh-token')!;
    clock.advance(900);
    next = tooLong;
    const outcome = await revalidation.confirm(handle, session, token);
    expect(outcome).toMatchObject({ kind: 'confirmed', token });
    expect(lines).toEqual([expect.stringContaining('too long')]);
  });

  test.each([
    ['a code', tooLong],
    ['a code', undefined],
    ['a device', tooLong],
    ['a device', undefined],
  ])(
    '%s whose refresh token is too long or missing is exchanged for an access token alone',
    async (kind, refreshToken) => {
      const redirectUris = ['com.example.app:/callback'];
      const client = {
        clientId: 'app',
        name: 'App',
        redirectUris,
        grantTypes: ['authorization_code', deviceCodeGrant],
      } as const;
      const server = createAuthorizationServer({
        issuer: 'https://mobile.example',
        store,
        sessions,
        seal: createSeal([randomBytes(32)]),
        clients: [client],
        revalidation,
        now: clock.now,
      });
      const form = (values: Record<string, string>) => new URLSearchParams({ client_id: 'app', ...values });
      let grant: URLSearchParams;
      if (kind === 'a code') {
        const [redirectUri = ''] = redirectUris;
        const verifier = 'v'.repeat(43);
        const location = await server.issueCode(
          { clientId: 'app', redirectUri, codeChallenge: sha256(verifier) },
          user(),
          refreshToken,
        );
        const code = new URL(location).searchParams.get('code')!;
        grant = form({
          grant_type: 'authorization_code',
          code,
          redirect_uri: redirectUri,
          code_verifier: verifier,
        });
      } else {
        const { device_code, user_code } = await server.deviceAuthorization(form({}));
        expect(await server.approveDevice(user_code, user(), refreshToken)).toMatchObject({ kind: 'found' });
        grant = form({ grant_type: deviceCodeGrant, device_code });
      }
      const answer = await server.exchange(grant);
      expect(Object.keys(answer).sort()).toEqual(['access_token', 'expires_in', 'token_type']);
      expect(await sessions.find(answer.access_token)).toBeDefined();
      expect(lines).toHaveLength(1);
    },
  );
});
