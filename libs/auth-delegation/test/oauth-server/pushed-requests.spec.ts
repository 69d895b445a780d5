import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  createAuthorizationServer,
  createSeal,
  createSessionStore,
  type AuthorizationServer,
} from '../../src/index.ts';
import { sha256 } from '../world/client.ts';
import { stoppedClock, type StoppedClock } from '../world/clock.ts';
import { watchedStore } from '../world/watched-store.ts';

const redirectUri = 'com.example.app:/callback';
const clients = ['app', 'other'].map((clientId) => ({
  clientId,
  name: clientId,
  redirectUris: [redirectUri],
  grantTypes: ['authorization_code'] as const,
}));
const good = {
  client_id: 'app',
  redirect_uri: redirectUri,
  response_type: 'code',
  code_challenge: sha256('v'.repeat(43)),
  code_challenge_method: 'S256',
  state: 'the state & more',
  prompt: 'login',
};

let clock: StoppedClock;
let server: AuthorizationServer;
const seal = createSeal([randomBytes(32)], { now: () => clock.now() });
beforeEach(() => {
  clock = stoppedClock();
  const store = watchedStore(clock.now);
  const sessions = createSessionStore({ store, kind: 'token', idleMs: 1e6, absoluteMs: 1e7, now: clock.now });
  server = createAuthorizationServer({ issuer: 'https://mobile.example', store, sessions, seal, clients });
});
const form = (changes: Record<string, string> = {}) => new URLSearchParams({ ...good, ...changes });
const push = (changes?: Record<string, string>, jkt?: string) =>
  server.pushAuthorize(form(changes), jkt).request_uri;
const authorize = (values: Record<string, string>) =>
  server.validateAuthorize(new URLSearchParams({ client_id: 'app', ...values }));
const invalid = { kind: 'show', error: { error: 'invalid_request' } };

describe('pushed authorization requests (RFC 9126)', () => {
  test('a request with a request_uri has the pushed parameters, and its other parameters are ignored', () => {
    const { request_uri, expires_in } = server.pushAuthorize(form());
    expect([request_uri, expires_in]).toEqual([
      expect.stringMatching(/^urn:ietf:params:oauth:request_uri:[\w-]+$/),
      90,
    ]);
    const outcome = authorize({ request_uri, state: 'forged', redirect_uri: 'https://evil.example/' });
    expect(outcome).toMatchObject({
      kind: 'valid',
      request: { clientId: 'app', redirectUri, codeChallenge: good.code_challenge, state: good.state },
    });
    expect(outcome.kind === 'valid' && outcome.parameters.get('prompt')).toBe('login');
  });

  test('a state of 600 characters that are percent-encoded in a URL is accepted', () => {
    const outcome = authorize({ request_uri: push({ state: 'é'.repeat(600) }) });
    expect(outcome).toMatchObject({ kind: 'valid', request: { state: 'é'.repeat(600) } });
  });

  test('a request_uri can be used repeatedly for 90 seconds, and shows an error after that', () => {
    const request_uri = push();
    clock.advance(89);
    expect(authorize({ request_uri }).kind).toBe('valid');
    expect(authorize({ request_uri }).kind).toBe('valid');
    clock.advance(1);
    expect(authorize({ request_uri })).toMatchObject(invalid);
  });

  test.each([
    ['of another client', (uri: string) => ({ client_id: 'other', request_uri: uri })],
    [
      'that was modified',
      (uri: string) => ({ request_uri: uri.slice(0, -9) + (uri.at(-9) === 'A' ? 'B' : 'A') + uri.slice(-8) }),
    ],
    ['that is empty', () => ({ request_uri: 'urn:ietf:params:oauth:request_uri:' })],
    ['that is too long', (uri: string) => ({ request_uri: uri + 'A'.repeat(5_000) })],
    [
      'that was sealed for another purpose',
      () => ({
        request_uri: `urn:ietf:params:oauth:request_uri:${seal.seal({ parameters: form().toString() }, 'login', 60)}`,
      }),
    ],
  ])('a request_uri %s shows the error to the user and never redirects', (_title, changes) => {
    expect(authorize(changes(push()))).toMatchObject(invalid);
  });

  test.each([
    ['an unknown client', { client_id: 'evil' }, 'invalid_client'],
    ['an unregistered redirect URI', { redirect_uri: 'https://evil.example/' }, 'invalid_request'],
    ['no code challenge', { code_challenge: '' }, 'invalid_request'],
    ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
    ['a request object', { request: 'x.y.z' }, 'request_not_supported'],
    ['a request_uri', { request_uri: 'urn:ietf:params:oauth:request_uri:x' }, 'invalid_request'],
    ['parameters that are too long together', { nonce: 'n'.repeat(4_000) }, 'invalid_request'],
  ])('a pushed request with %s is rejected', (_title, changes, error) => {
    expect(() => push(changes)).toThrow(expect.objectContaining({ name: 'OAuthError', error }));
  });

  test('a DPoP proof of a pushed request binds the code to its key, and another dpop_jkt is rejected (RFC 9449, section 10.1)', () => {
    const jkt = sha256('a key');
    expect(authorize({ request_uri: push({}, jkt) })).toMatchObject({ kind: 'valid', request: { jkt } });
    expect(authorize({ request_uri: push({ dpop_jkt: jkt }, jkt) })).toMatchObject({ request: { jkt } });
    expect(() => push({ dpop_jkt: sha256('another') }, jkt)).toThrow(
      expect.objectContaining({ error: 'invalid_dpop_proof' }),
    );
  });
});
