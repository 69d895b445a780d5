import { OAuthError, TokenRefused, type RelyingParty, type SessionStore } from '@bff/auth-delegation';
import { contextOf } from '@bff/service-kit';
import { type RequestHandler } from 'express';
import { formOf, onlyValue } from './parameters.ts';

export const backchannelLogoutPath = '/oauth/backchannel-logout';

/** The provider's word that a session there is over (OpenID Connect Back-Channel Logout 1.0): the tokens go with it. */
export function backchannelLogout(relyingParty: RelyingParty, sessions: SessionStore): RequestHandler {
  return async function handleBackchannelLogout(request, response) {
    const { log } = contextOf(request);
    const token = onlyValue(formOf(request), 'logout_token');
    if (!token) throw new OAuthError('invalid_request', 'logout_token is missing');
    let ended = 0;
    try {
      await relyingParty.verifyLogoutToken(token, async ({ issuer, sid, sub, iat }) => {
        if (sid !== undefined) ended = await sessions.endBySid(issuer, sid, iat);
        else if (sub !== undefined) ended = await sessions.endBySub(issuer, sub, iat);
      });
    } catch (error) {
      if (error instanceof TokenRefused) log.warn({ reason: error.code }, 'back-channel logout refused');
      throw error;
    }
    log.info({ ended }, 'back-channel logout');
    response.status(200).end();
  };
}
