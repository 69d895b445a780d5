import { ProviderUnavailable } from '../provider/provider-unavailable.ts';
import { handleIn } from '../revalidation/access-tokens.ts';
import type { Revalidation } from '../revalidation/revalidation.ts';
import type { SessionStore } from '../session/session-store.ts';
import type { Session } from '../session/session.ts';
import type { OAuthClient } from './clients.ts';
import { OAuthError } from './oauth-error.ts';
import { required } from './parameters.ts';

/** Result of a refresh: the new access token and the new refresh token. */
export interface Refreshed {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly session: Session;
}

/** Maximum characters of a refresh token; it is sent in bodies, so it can be longer than a cookie. */
export const maxTokenLength = 8_192;

/**
 * Handles the refresh token grant (RFC 6749, section 6): the provider confirms the session. A client may
 * present the same token again until it has used the successor, because responses get lost. Any other token
 * that was replaced counts as stolen and ends the session (RFC 9700, section 4.14).
 * @throws {OAuthError} `invalid_grant`
 * @throws {ProviderUnavailable} when the provider is down and the session may not be extended
 */
export async function redeemRefreshToken(
  parameters: URLSearchParams,
  { clientId }: OAuthClient,
  jkt: string | undefined,
  revalidation: Revalidation,
  sessions: SessionStore,
): Promise<Refreshed> {
  const text = required(parameters, 'refresh_token', maxTokenLength);
  const accessTokenIn = (token: string): string => revalidation.open(token)?.accessToken ?? '';
  const handle = handleIn(accessTokenIn(text));
  const before = await sessions.find(handle);
  if (before?.clientId !== clientId) throw invalidGrant();
  // A stolen token without its key must not be able to end the session, so the key is checked first (RFC
  // 9449, section 5).
  if (before.jkt !== undefined && before.jkt !== jkt) throw invalidGrant();
  const outcome = await revalidation.confirm(handle, before, text);
  switch (outcome.kind) {
    case 'confirmed':
    case 'extended': {
      const session = outcome.isReplay ? outcome.session : await sessions.touch(handle, outcome.session);
      if (!session) throw invalidGrant();
      const refreshToken = outcome.token ?? text;
      return { accessToken: accessTokenIn(refreshToken), refreshToken, session };
    }
    case 'unavailable':
      if (outcome.token !== undefined) {
        const { token: refreshToken } = outcome;
        return { accessToken: accessTokenIn(refreshToken), refreshToken, session: before };
      }
      throw new ProviderUnavailable('a session could not be confirmed');
    case 'reused':
      await sessions.end(handle);
      throw invalidGrant();
    case 'ended':
    case 'unusable':
      throw invalidGrant();
  }
}

const invalidGrant = (): OAuthError => new OAuthError('invalid_grant', 'the refresh token is not valid');
