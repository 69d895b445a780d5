import { TokenRefused } from '@bff/auth-delegation';
import { contextOf } from '@bff/service-kit';
import type { RequestHandler } from 'express';
import type { AuthDependencies } from './dependencies.ts';

/**
 * Creates the handler of `POST /auth/backchannel-logout`, by which the provider ends sessions (OpenID Connect
 * Back-Channel Logout 1.0). Sessions that started after the logout stay.
 */
export function backchannelLogout({ logouts }: AuthDependencies): RequestHandler {
  return async function endSessions(request, response) {
    const { log } = contextOf(request);
    const { logout_token: token } = (request.body ?? {}) as { readonly logout_token?: unknown };
    try {
      if (typeof token !== 'string') throw new TokenRefused('malformed');
      await logouts.receive(token);
      response.end();
    } catch (error) {
      if (!(error instanceof TokenRefused)) throw error;
      log.warn({ reason: error.code }, 'back-channel logout token rejected');
      // Back-Channel Logout 1.0, section 2.8.
      response
        .status(400)
        .json({ error: 'invalid_request', error_description: 'The logout token is not valid.' });
    }
  };
}
