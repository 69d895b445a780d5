import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';

export interface ProofKey {
  /** Thumbprint of the key (RFC 7638). */
  readonly thumbprint: string;
  /**
   * Creates a DPoP proof (RFC 9449, section 4.2).
   * @param at epoch milliseconds
   */
  proof(method: string, url: string, at: number, accessToken?: string): string;
}

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

export function createProofKey(): ProofKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { crv, kty, x, y } = publicKey.export({ format: 'jwk' });
  const jwk = { crv, kty, x, y };
  return {
    thumbprint: sha256(JSON.stringify(jwk)),
    proof(htm, htu, at, accessToken) {
      const header = base64url({ typ: 'dpop+jwt', alg: 'ES256', jwk });
      const ath = accessToken === undefined ? {} : { ath: sha256(accessToken) };
      const payload = base64url({ jti: randomUUID(), htm, htu, iat: Math.floor(at / 1000), ...ath });
      const data = Buffer.from(`${header}.${payload}`);
      const signature = sign('sha256', data, { key: privateKey, dsaEncoding: 'ieee-p1363' });
      return `${header}.${payload}.${signature.toString('base64url')}`;
    },
  };
}
