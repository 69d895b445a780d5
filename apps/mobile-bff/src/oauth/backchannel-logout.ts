import { OAuthError, TokenRefused, type LogoutReceiver } from '@bff/auth-delegation';
import { contextOf } from '@bff/service-kit';
import type { RequestHandler } from 'express';
import { formOf, onlyValue } from './parameters.ts';

export const backchannelLogoutPath = '/oauth/backchannel-logout';

/** Creates the handler of OpenID Connect Back-Channel Logout 1.0, which ends the tokens of a session. */
export function backchannelLogout(logouts: LogoutReceiver): RequestHandler {
  return async function handleBackchannelLogout(request, response) {
    const { log } = contextOf(request);
    const token = onlyValue(formOf(request), 'logout_token');
    if (!token) throw new OAuthError('invalid_request', 'logout_token is missing');
    try {
      await logouts.receive(token);
    } catch (error) {
      if (error instanceof TokenRefused)
        log.warn({ reason: error.code }, 'back-channel logout token rejected');
      throw error;
    }
    response.status(200).end();
  };
}
