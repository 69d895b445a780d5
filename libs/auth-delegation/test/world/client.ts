import { createHash, randomUUID } from 'node:crypto';
import type { RequestFacts } from '../../src/index.ts';
import { forge, signerOf, type KeyPair } from './forge.ts';

export const sha256 = (data: string | Buffer): string =>
  createHash('sha256').update(data).digest('base64url');

/** Computes a thumbprint (RFC 7638, section 3). */
export function jwkThumbprint({ publicKey }: KeyPair): string {
  const { crv, e, kty, n, x, y } = publicKey.export({ format: 'jwk' });
  return sha256(
    JSON.stringify(Object.fromEntries(Object.entries({ crv, e, kty, n, x, y }).filter(([, value]) => value))),
  );
}

/** Creates a request to the partner API, as the server sees it. */
export function facts(
  changes: Partial<RequestFacts> & { readonly authorization?: readonly string[] } = {},
): RequestFacts {
  const { authorization, headers, ...rest } = changes;
  return {
    method: 'GET',
    url: 'https://partner.example/v1/things?limit=5',
    headers: { ...headers, ...(authorization ? { authorization } : {}) },
    peerAddress: '203.0.113.9',
    peerCertificate: () => undefined,
    ...rest,
  };
}

export interface ProofChanges {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly payload?: Readonly<Record<string, unknown>>;
}

/** Creates the DPoP proof (RFC 9449) of this key for an access token, with the changes of an attack. */
export function proof(
  key: KeyPair,
  accessToken: string,
  seconds: number,
  { header, payload }: ProofChanges = {},
): string {
  return forge(
    { alg: key.alg, typ: 'dpop+jwt', jwk: key.publicKey.export({ format: 'jwk' }), ...header },
    {
      jti: randomUUID(),
      htm: 'GET',
      htu: 'https://partner.example/v1/things',
      iat: seconds,
      ath: sha256(accessToken),
      ...payload,
    },
    signerOf(key),
  );
}
