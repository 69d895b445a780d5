import { OAuthError } from '../oauth-server/oauth-error.ts';
import { digest } from '../opaque.ts';
import type { Session } from '../session/session.ts';
import { notAuthenticated } from './challenge.ts';
import type { Credentials } from './credentials.ts';
import { createDpopCheck, ProofRefused, type DpopOptions } from './dpop-proof.ts';
import type { RequestFacts } from './request-facts.ts';

/** Checks the binding of opaque tokens to a DPoP key (RFC 9449). */
export interface KeyBinding {
  /**
   * Returns the thumbprint of the key that a token request proves; undefined without a proof. @throws
   * {OAuthError} `invalid_dpop_proof`
   */
  keyOf(facts: RequestFacts): Promise<string | undefined>;
  /**
   * Checks the binding of a session's token. @throws {Problem} `not-authenticated` for a bound token without
   * its proof, or a proof with a token that is not bound
   */
  check(session: Session, credentials: Credentials, facts: () => RequestFacts): Promise<void>;
}

/** Creates the checks. They reject with {@link StateUnavailable} when a proof cannot be stored. */
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
      // Prevents both downgrades of RFC 9449, section 7.1: a bound token without a proof, and a proof with a
      // token that is not bound.
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
