import { setTimeout } from 'node:timers/promises';
import { sendPage } from '@bff/shaping';
import type { Request, RequestHandler, Response } from 'express';
import type { AuthDependencies } from './dependencies.ts';
import { loggedOutPage } from './login-pages.ts';
import type { LogoutAnswer } from '../contract/session-answers.ts';

/** The provider's page is a courtesy: nobody waits for it longer than this. Milliseconds. */
const patienceMs = 1_000;

/** `POST /auth/logout`: over here at once; `end_session_url` is where a browser may end it at the provider too. */
export function logout(deps: AuthDependencies): RequestHandler {
  return async function endSession(request, response) {
    const answer: LogoutAnswer = { end_session_url: (await endHere(deps, request, response)) ?? null };
    response.json(answer);
  };
}

/** `POST /auth/logout-page`: the same by a form of our pages, for people; the browser goes on to the provider by itself. */
export function logoutFromPage(deps: AuthDependencies): RequestHandler {
  return async function endSession(request, response) {
    const url = await endHere(deps, request, response);
    // Not a redirect: `form-action` would apply to wherever the provider goes on to.
    if (url !== undefined) response.set('Refresh', `0; url=${url}`);
    sendPage(response, 200, loggedOutPage(request, url));
  };
}

/** Ends the session. @returns where it can be ended at the provider */
async function endHere(
  { party, sessions, origin, revalidation, renewals }: AuthDependencies,
  request: Request,
  response: Response,
): Promise<string | undefined> {
  const [url] = await Promise.all([
    Promise.race([
      party.endSessionUrl({ postLogoutRedirectUri: `${origin}/` }),
      setTimeout(patienceMs, undefined, { ref: false }),
    ]),
    sessions.end(request, response),
  ]);
  const renewal = renewals.find(request);
  if (renewal !== undefined) {
    // RFC 7009: what this browser kept for us is of no use to anybody any more.
    void revalidation?.revoke(renewal);
    renewals.expire(response);
  }
  // Chromium brings a page back from its back/forward cache even where it was sent with no-store; this empties it.
  response.setHeader('Clear-Site-Data', '"cache"');
  return url;
}
