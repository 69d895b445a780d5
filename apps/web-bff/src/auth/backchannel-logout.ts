import { TokenRefused } from '@bff/auth-delegation';
import { contextOf } from '@bff/service-kit';
import type { RequestHandler } from 'express';
import type { AuthDependencies } from './dependencies.ts';

/**
 * `POST /auth/backchannel-logout`: the provider ends sessions, server to server (OpenID Connect Back-Channel Logout
 * 1.0). What began after the logout stays.
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
      log.warn({ reason: error.code }, 'logout token refused');
      // Section 2.8.
      response
        .status(400)
        .json({ error: 'invalid_request', error_description: 'The logout token is not valid.' });
    }
  };
}
