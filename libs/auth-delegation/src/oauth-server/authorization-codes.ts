import { preTenantKey, type StateKey, type StateStore } from '@bff/service-kit';
import { openUnder, sealUnder } from '../revalidation/carried-token.ts';
import { digest, isOpaque, mintOpaque } from '../opaque.ts';
import type { SessionFacts } from '../session/session.ts';
import type { SessionStore } from '../session/session-store.ts';
import type { Now } from '../time.ts';
import type { AuthorizeRequest } from './authorize-request.ts';
import { mustAllow, type OAuthClient } from './clients.ts';
import { OAuthError } from './oauth-error.ts';
import { required } from './parameters.ts';

interface CodeRecord {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly codeChallenge: string;
  readonly facts: SessionFacts;
  /**
   * Thumbprint of the key that the token request has to prove; undefined: the request may prove any key or no
   * key.
   */
  readonly jkt?: string;
  /** The provider's refresh token, sealed with a key derived from the code. */
  readonly sealed?: string;
  /** When the code expires, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/** Facts of a redeemed code. `grant` is the digest of the code, which links the session to it. */
export interface Granted {
  readonly facts: SessionFacts;
  /** Refresh token of the provider. */
  readonly refreshToken?: string | undefined;
  readonly grant: string;
}

export interface AuthorizationCodes {
  issue(request: AuthorizeRequest, facts: SessionFacts, refreshToken?: string): Promise<string>;
  /**
   * Redeems a code.
   * @throws {OAuthError} `invalid_request` for malformed parameters; `invalid_grant` for a code that cannot
   * be redeemed, without the reason
   */
  redeem(parameters: URLSearchParams, client: OAuthClient, jkt: string | undefined): Promise<Granted>;
}

/** Milliseconds for which the client of a code is stored, to distinguish a reused code from a guessed one. */
const rememberMs = 86_400_000;
/** Syntax of a code verifier (RFC 7636, section 4.1). */
const verifierSyntax = /^[A-Za-z0-9._~-]{43,128}$/;

export function createAuthorizationCodes(
  store: StateStore,
  sessions: SessionStore,
  ttlMs: number,
  now: Now,
): AuthorizationCodes {
  const codeKey = (hash: string): StateKey => preTenantKey('code', hash);
  const issuedKey = (hash: string): StateKey => preTenantKey('code', 'issued', hash);

  /**
   * Handles a reused code: it was stolen by this client or from it (RFC 6749, section 4.1.2). Ends the
   * session of the first use, also when both uses are concurrent.
   */
  async function usedAgain(hash: string, client: OAuthClient): Promise<never> {
    const issuedTo = await store.get(issuedKey(hash));
    if (issuedTo?.toString() === client.clientId) await sessions.endByGrant(hash);
    throw invalidGrant();
  }

  return {
    async issue({ clientId, redirectUri, codeChallenge, jkt }, facts, refreshToken) {
      const code = mintOpaque();
      const hash = digest(code);
      const record: CodeRecord = {
        clientId,
        redirectUri,
        codeChallenge,
        facts,
        expiresAt: now() + ttlMs,
        ...(jkt !== undefined && { jkt }),
        ...(refreshToken !== undefined && { sealed: sealUnder(code, refreshToken) }),
      };
      await store.set(issuedKey(hash), clientId, rememberMs);
      await store.set(codeKey(hash), JSON.stringify(record), ttlMs);
      return code;
    },

    async redeem(parameters, client, jkt) {
      mustAllow(client, 'authorization_code');
      const code = required(parameters, 'code');
      const redirectUri = required(parameters, 'redirect_uri');
      const verifier = required(parameters, 'code_verifier');
      if (!isOpaque(code)) throw invalidGrant();
      const hash = digest(code);

      const bytes = await store.get(codeKey(hash));
      if (!bytes) return usedAgain(hash, client);
      const record = JSON.parse(bytes.toString()) as CodeRecord;
      const fits =
        record.clientId === client.clientId &&
        record.redirectUri === redirectUri &&
        verifierSyntax.test(verifier) &&
        record.codeChallenge === digest(verifier) &&
        (record.jkt === undefined || record.jkt === jkt) &&
        now() < record.expiresAt;
      // A client that cannot prove that the code was issued to it must not use the code up.
      if (!fits) throw invalidGrant();
      if (!(await store.take(codeKey(hash)))) return usedAgain(hash, client);
      const { facts, sealed } = record;
      return { facts, grant: hash, refreshToken: sealed === undefined ? undefined : openUnder(code, sealed) };
    },
  };
}

const invalidGrant = (): OAuthError => new OAuthError('invalid_grant', 'the code is not valid');
