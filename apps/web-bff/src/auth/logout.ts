import { setTimeout } from 'node:timers/promises';
import { sendPage } from '@bff/shaping';
import type { Request, RequestHandler, Response } from 'express';
import type { AuthDependencies } from './dependencies.ts';
import { loggedOutPage } from './login-pages.ts';
import type { LogoutAnswer } from '../contract/session-answers.ts';

/** Maximum wait in milliseconds for the provider's logout URL, which this logout can do without. */
const maxWaitMs = 1_000;

/**
 * Creates the handler of `POST /auth/logout`, which ends the session at this service. A browser that opens
 * `end_session_url` also ends the session at the provider.
 */
export function logout(deps: AuthDependencies): RequestHandler {
  return async function endSession(request, response) {
    const answer: LogoutAnswer = { end_session_url: (await endHere(deps, request, response)) ?? null };
    response.json(answer);
  };
}

/**
 * Creates the handler of `POST /auth/logout-page`, to which pages without script submit a form. It ends the
 * session and answers a page that leads to the provider.
 */
export function logoutFromPage(deps: AuthDependencies): RequestHandler {
  return async function endSession(request, response) {
    const url = await endHere(deps, request, response);
    // Refreshes instead of redirecting, because `form-action` of the CSP would also apply to further
    // redirects.
    if (url !== undefined) response.set('Refresh', `0; url=${url}`);
    sendPage(response, 200, loggedOutPage(request, url));
  };
}

/**
 * Ends the session at this service.
 * @returns URL that ends the session at the provider too; undefined if the URL is not known in time
 */
async function endHere(
  { party, sessions, origin, revalidation, renewals }: AuthDependencies,
  request: Request,
  response: Response,
): Promise<string | undefined> {
  const [url] = await Promise.all([
    Promise.race([
      party.endSessionUrl({ postLogoutRedirectUri: `${origin}/` }),
      setTimeout(maxWaitMs, undefined, { ref: false }),
    ]),
    sessions.end(request, response),
  ]);
  const renewal = renewals.find(request);
  if (renewal !== undefined) {
    // RFC 7009: revokes the renewal token, which is not needed any more.
    void revalidation?.revoke(renewal);
    renewals.expire(response);
  }
  // Empties the back/forward cache of Chromium, which may restore a page despite no-store.
  response.setHeader('Clear-Site-Data', '"cache"');
  return url;
}
