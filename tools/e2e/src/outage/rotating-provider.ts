import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * An OpenID provider that logs every user in and rotates refresh tokens. A refresh token that is used twice
 * revokes its session.
 */
export interface RotatingProvider {
  readonly issuer: string;
  /** While true, connections are reset. */
  isAway: boolean;
  /** Times of calls of the token endpoint, in milliseconds since 1970. */
  readonly tokenCalls: readonly number[];
  /** Number of sessions revoked because of a reused refresh token. */
  readonly revoked: number;
  /** Creates an authorization code for one login. */
  codeFor(subject: string, nonce: string): string;
  close(): void;
}

interface Grant {
  readonly subject: string;
  /** Sequence number of the refresh token that is valid. */
  generation: number;
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * Starts the provider.
 * @param tenant of every user
 * @param latencyMs delay of each answer of the token endpoint
 */
export async function startRotatingProvider(tenant: string, latencyMs: number): Promise<RotatingProvider> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'ES256', use: 'sig' };
  const grants = new Map<string, Grant>();
  const tokenCalls: number[] = [];
  let issuer = '';

  function idToken(subject: string, nonce?: string): string {
    const iat = Math.floor(Date.now() / 1000);
    const claims = {
      iss: issuer,
      aud: 'web-bff',
      sub: subject,
      tid: tenant,
      roles: ['user'],
      nonce,
      iat,
      exp: iat + 300,
    };
    const input = `${encode({ alg: 'ES256', kid: 'k1' })}.${encode(claims)}`;
    const signature = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
    return `${input}.${signature.toString('base64url')}`;
  }

  const refreshToken = (id: string, { generation }: Grant): string => `${id}.${generation}`;
  const invalid = [400, { error: 'invalid_grant' }] as const;

  function tokens(form: URLSearchParams): readonly [number, object] {
    const common = { access_token: 'at', token_type: 'Bearer', expires_in: 60 };
    const code = form.get('code');
    if (code !== null) {
      const { subject, nonce } = JSON.parse(Buffer.from(code, 'base64url').toString()) as Record<
        string,
        string
      >;
      const [id, grant] = [randomUUID(), { subject: subject ?? '', generation: 0 }];
      grants.set(id, grant);
      return [
        200,
        { ...common, refresh_token: refreshToken(id, grant), id_token: idToken(grant.subject, nonce) },
      ];
    }
    const [id = '', generation] = (form.get('refresh_token') ?? '').split('.');
    const grant = grants.get(id);
    if (!grant) return invalid;
    if (Number(generation) !== grant.generation) {
      grants.delete(id);
      provider.revoked++;
      return invalid;
    }
    grant.generation++;
    return [200, { ...common, refresh_token: refreshToken(id, grant), id_token: idToken(grant.subject) }];
  }

  const server = createServer(async (request, response) => {
    const path = request.url ?? '';
    if (path === '/token') tokenCalls.push(Date.now());
    if (provider.isAway) return void request.socket.destroy();
    const body = await text(request);
    if (path === '/token') await sleep(latencyMs);
    const [status, answer] =
      path === '/token'
        ? tokens(new URLSearchParams(body))
        : path === '/jwks'
          ? ([200, { keys: [jwk] }] as const)
          : ([200, metadata()] as const);
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const metadata = () => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256'],
    authorization_response_iss_parameter_supported: true,
  });
  const provider = {
    issuer,
    isAway: false,
    tokenCalls,
    revoked: 0,
    codeFor: (subject: string, nonce: string) => encode({ subject, nonce }),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return provider;
}
