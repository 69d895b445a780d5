import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSignedCertificate } from '@bff/testbed';
import jwt from 'jsonwebtoken';
import { issuerId } from '../../peers/own-sessions.ts';
import { product } from '../../product.ts';

/** Identity provider of the measured servers. It publishes only what they need to verify access tokens. */
export interface Issuer {
  /** Settings with which a BFF uses this identity provider. */
  readonly env: Readonly<Record<string, string>>;
  /** Creates an access token of a client for a user (RFC 9068), valid for a day. */
  accessTokenOf(user: string, tenant: string): string;
  close(): Promise<void>;
}

/** Origin of each measured BFF. */
export const publicUrl = 'https://bff.example';

/**
 * Starts a server that publishes metadata and keys over HTTPS, because in production a BFF accepts no other
 * protocol. @param folder receives the certificate
 */
export async function startIssuer(folder: string): Promise<Issuer> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keyid = 'bench';
  const jwk = {
    ...createPublicKey(privateKey).export({ format: 'jwk' }),
    kid: keyid,
    alg: 'ES256',
    use: 'sig',
  };
  const { certFile, cert, key } = selfSignedCertificate(folder, 'issuer', 'IP:127.0.0.1');
  const metadata = { issuer: issuerId, jwks_uri: `${issuerId}/jwks` };
  const server = createServer({ cert, key }, ({ url }, response) => {
    response
      .setHeader('Content-Type', 'application/json')
      .end(JSON.stringify(url === '/jwks' ? { keys: [jwk] } : metadata));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  let tokens = 0;
  return {
    env: { ISSUER: issuerId, PROVIDER_URL: `https://127.0.0.1:${port}`, PROVIDER_CA_FILE: certFile },
    accessTokenOf: (user, tenant) =>
      jwt.sign(
        {
          sub: user,
          tid: tenant,
          client_id: 'bench-agent',
          scope: product.agentScopes.join(' '),
          jti: String(++tokens),
        },
        privateKey,
        {
          algorithm: 'ES256',
          keyid,
          header: { alg: 'ES256', typ: 'at+jwt' },
          issuer: issuerId,
          audience: `${publicUrl}/mcp`,
          expiresIn: '1d',
        },
      ),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
