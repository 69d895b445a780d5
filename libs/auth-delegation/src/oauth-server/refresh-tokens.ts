import { ProviderUnavailable } from '../provider/provider-unavailable.ts';
import { handleIn } from '../revalidation/access-tokens.ts';
import type { Revalidation } from '../revalidation/revalidation.ts';
import type { SessionStore } from '../session/session-store.ts';
import type { Session } from '../session/session.ts';
import type { OAuthClient } from './clients.ts';
import { OAuthError } from './oauth-error.ts';
import { required } from './parameters.ts';

/** What a refresh gives: the access token to use from now on, and the refresh token to use next. */
export interface Refreshed {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly session: Session;
}

/** Longest refresh token in characters: it travels in bodies, not in cookies. */
export const maxTokenLength = 8_192;

/**
 * The refresh token grant (RFC 6749, section 6): has the session confirmed by the provider. The presented token may be repeated
 * until what replaced it was used, because answers get lost; a token older than that was copied, which ends the session
 * (RFC 9700, section 4.14).
 *
 * @throws {OAuthError} `invalid_grant`
 * @throws {ProviderUnavailable} when neither the provider nor the time since its last word allows the session to be used
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
  // Whoever has the token without its key ends nothing by showing it (RFC 9449, section 5).
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
