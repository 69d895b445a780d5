import { generateKeyPair, randomBytes, sign, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { JWK, JWKS } from 'oidc-provider';

/** Published key ids. */
export interface KeyState {
  readonly signing: string;
  /** Ids of former keys that are still in the JWKS, so that earlier signatures can be verified. */
  readonly retired: readonly string[];
}

interface SigningKey {
  readonly kid: string;
  readonly jwk: JWK;
  readonly key: KeyObject;
}

export interface SigningKeys {
  state(): KeyState;
  /** Returns the private keys; the signing key comes first. */
  jwks(): JWKS;
  rotate(): Promise<void>;
  dropRetired(): void;
  /** Returns a compact RS256 JWS signed by the current key. */
  signJwt(typ: string, claims: object): string;
}

const generate = promisify(generateKeyPair);

async function newKey(): Promise<SigningKey> {
  const { privateKey } = await generate('rsa', { modulusLength: 2048 });
  const kid = randomBytes(9).toString('base64url');
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' } as JWK;
  return { kid, jwk, key: privateKey };
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export async function createSigningKeys(): Promise<SigningKeys> {
  let current = await newKey();
  let retired: readonly SigningKey[] = [];
  return {
    state: () => ({ signing: current.kid, retired: retired.map(({ kid }) => kid) }),
    jwks: () => ({ keys: [current, ...retired].map(({ jwk }) => jwk) }),
    async rotate() {
      const next = await newKey();
      retired = [current, ...retired];
      current = next;
    },
    dropRetired() {
      retired = [];
    },
    signJwt(typ, claims) {
      const input = `${encode({ alg: 'RS256', typ, kid: current.kid })}.${encode(claims)}`;
      return `${input}.${sign('sha256', Buffer.from(input), current.key).toString('base64url')}`;
    },
  };
}
