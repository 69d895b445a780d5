import { setTimeout } from 'node:timers/promises';
import { type RequestHandler } from 'express';
import { type AuthDependencies } from './dependencies.ts';
import { type LogoutAnswer } from '../contract/session-answers.ts';

/** The provider's page is a courtesy: nobody waits for it longer than this. Milliseconds. */
const patienceMs = 1_000;

/** `POST /auth/logout`: over here at once; `end_session_url` is where a browser may end it at the provider too. */
export function logout(deps: AuthDependencies): RequestHandler {
  const { party, sessions, origin, revalidation, renewals } = deps;
  return async function endSession(request, response) {
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
    const answer: LogoutAnswer = { end_session_url: url ?? null };
    response.setHeader('Clear-Site-Data', '"cache"').json(answer);
  };
}
