import { OAuthError } from '../oauth-server/oauth-error.ts';
import { digest } from '../opaque.ts';
import type { Session } from '../session/session.ts';
import { notAuthenticated } from './challenge.ts';
import type { Credentials } from './credentials.ts';
import { createDpopCheck, ProofRefused, type DpopOptions } from './dpop-proof.ts';
import type { RequestFacts } from './request-facts.ts';

/** Holds opaque tokens to the keys that they are bound to (RFC 9449). */
export interface KeyBinding {
  /** The key that a token request proves to have; undefined: it shows none. @throws {OAuthError} `invalid_dpop_proof` */
  keyOf(facts: RequestFacts): Promise<string | undefined>;
  /** @throws {Problem} `not-authenticated` where a bound token comes without its key, or an unbound one with a proof */
  check(session: Session, credentials: Credentials, facts: () => RequestFacts): Promise<void>;
}

/** @throws {StateUnavailable} when a proof cannot be remembered */
export function createKeyBinding(options: DpopOptions): KeyBinding {
  const checkProof = createDpopCheck(options);
  return {
    async keyOf(facts) {
      if (facts.headers['dpop'] === undefined) return undefined;
      try {
        return await checkProof(facts);
      } catch (error) {
        if (error instanceof ProofRefused) throw new OAuthError('invalid_dpop_proof', error.message);
        throw error;
      }
    },

    async check({ jkt }, { scheme, token }, facts) {
      // Both downgrades of RFC 9449, section 7.1.
      if ((jkt !== undefined) !== (scheme === 'DPoP'))
        throw notAuthenticated(scheme, 'invalid_token', 'binding');
      if (jkt === undefined) return;
      try {
        await checkProof(facts(), { accessTokenHash: digest(token), jkt });
      } catch (error) {
        if (error instanceof ProofRefused) throw notAuthenticated('DPoP', 'invalid_dpop_proof', error.code);
        throw error;
      }
    },
  };
}
