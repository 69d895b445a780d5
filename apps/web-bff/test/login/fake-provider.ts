import { createHmac, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WebBrowser } from '../web-browser.ts';

type Claims = Readonly<Record<string, unknown>>;

/** A provider that signs any claims, so that tests can send tokens that a correct provider never sends. */
export interface FakeProvider {
  readonly issuer: string;
  readonly rsaPublicKey: string;
  /** If true, every endpoint answers 503. */
  down: boolean;
  /** Additional members of the discovery document. */
  metadata: Claims;
  /** Signs a compact JWS with RSA, or by HMAC with the secret in `key`; unsigned if undefined. */
  sign(header: Claims, claims: Claims, key?: 'rsa' | { readonly secret: string }): string;
  /** Returns the claims of a valid ID token for the login that started with this authorization request. */
  idClaims(authorizationUrl: string, changes?: Claims): Claims;
  logoutClaims(changes?: Claims): Claims;
  /** Finishes the login of a browser with a code for this ID token. */
  finish(
    browser: WebBrowser,
    authorizationUrl: string,
    idToken: string,
    headers?: Readonly<Record<string, string>>,
  ): ReturnType<WebBrowser['navigate']>;
  login(browser: WebBrowser, changes?: Claims): ReturnType<WebBrowser['navigate']>;
  close(): void;
}

export const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';
const seconds = (): number => Math.floor(Date.now() / 1000);
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export async function startFakeProvider(): Promise<FakeProvider> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' };
  let idToken = '';

  const server = createServer((request, response) => {
    const pages: Record<string, object> = {
      '/.well-known/openid-configuration': {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        authorization_response_iss_parameter_supported: true,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
        ...provider.metadata,
      },
      '/jwks': { keys: [jwk] },
      '/token': { access_token: 'at', token_type: 'Bearer', expires_in: 60, id_token: idToken },
    };
    response.writeHead(provider.down ? 503 : 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(provider.down ? {} : pages[request.url ?? '']));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const provider: FakeProvider = {
    issuer,
    rsaPublicKey: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    down: false,
    metadata: {},
    sign(header, claims, key) {
      const input = `${encode(header)}.${encode(claims)}`;
      if (key === undefined) return `${input}.`;
      const signature =
        key === 'rsa'
          ? sign('sha256', Buffer.from(input), privateKey)
          : createHmac('sha256', key.secret).update(input).digest();
      return `${input}.${signature.toString('base64url')}`;
    },
    idClaims: (authorizationUrl, changes) => ({
      iss: issuer,
      aud: 'web-bff',
      sub: 'alice',
      sid: 'sid-1',
      nonce: new URL(authorizationUrl).searchParams.get('nonce'),
      iat: seconds(),
      exp: seconds() + 300,
      tid: 'acme',
      roles: ['user'],
      ...changes,
    }),
    logoutClaims: (changes) => ({
      iss: issuer,
      aud: 'web-bff',
      sub: 'alice',
      sid: 'sid-1',
      jti: randomUUID(),
      iat: seconds(),
      exp: seconds() + 120,
      events: { [logoutEvent]: {} },
      ...changes,
    }),
    finish(browser, authorizationUrl, token, headers) {
      idToken = token;
      const state = new URL(authorizationUrl).searchParams.get('state') ?? '';
      return browser.navigate(
        `/auth/callback?${new URLSearchParams({ code: 'c', state, iss: issuer })}`,
        headers,
      );
    },
    async login(browser, changes) {
      const address = await browser.begin();
      const claims = provider.idClaims(address, changes);
      return provider.finish(browser, address, provider.sign({ alg: 'RS256', kid: 'k1' }, claims, 'rsa'));
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return provider;
}
