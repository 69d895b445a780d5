import { factsOfLogin } from '@bff/auth-delegation';
import { contextOf, type ProblemOptions, type ProblemType } from '@bff/service-kit';
import type { Request, RequestHandler, Response } from 'express';
import type { LoginAbortReason } from '../words/vocabulary.ts';
import type { AuthDependencies } from './dependencies.ts';
import type { PendingLogin } from './login-cookies.ts';
import { LoginAborted } from './login-aborted.ts';
import { redirect } from './redirect.ts';

/** Result of a callback. After a successful login it contains the values of the cookies to set. */
type Result =
  | { readonly kind: 'entered'; readonly handle: string; readonly renewal?: string }
  | { readonly kind: 'not-logged-in'; readonly isEnded: boolean }
  | { readonly kind: 'stopped'; readonly because: StopReason };
type StopReason = keyof typeof stops;

/** Creates the handler of `GET /auth/callback`, to which the identity provider redirects the browser. */
export function finishLogin(deps: AuthDependencies): RequestHandler {
  const { party, sessions, logins, finishedLogins, directory, origin, revalidation, renewals } = deps;

  /** Handles a callback without the cookie of its login. */
  async function withoutLogin(request: Request, response: Response, state: unknown): Promise<void> {
    const session = await sessions.find(request);
    // The back button, a reload or a second tab leads here: redirects a logged-in user into the app.
    if (!session) throw new LoginAborted('over', ...stops.over);
    const landing =
      typeof state === 'string' ? await finishedLogins.findLanding(state, session.id) : undefined;
    redirect(response, landing ?? '/');
  }

  async function finish(request: Request, pending: PendingLogin): Promise<Result> {
    const { log } = contextOf(request);
    const outcome = await party.finish(addressOf(request, origin), pending, log);
    switch (outcome.kind) {
      case 'logged-in': {
        const facts = factsOfLogin(outcome.login, directory, log);
        if (!facts) return { kind: 'stopped', because: 'no-tenant' };
        const { handle, session } = await sessions.begin(request, facts, pending.replaces);
        await finishedLogins.keepLanding(pending.state, session.id, pending.returnTo);
        log.info({ tenant: facts.home, session_id: session.id }, 'logged in');
        const renewal = revalidation?.begin(session, outcome.refreshToken);
        return { kind: 'entered', handle, ...(renewal !== undefined && { renewal }) };
      }
      case 'not-logged-in':
        return outcome;
      case 'denied':
        log.info({ reason: outcome.error }, 'login denied by the provider');
        return { kind: 'stopped', because: 'cancelled' };
      case 'refused':
        return { kind: 'stopped', because: 'refused' };
      case 'provider-unavailable':
        return { kind: 'stopped', because: 'unavailable' };
    }
  }

  return async function callback(request, response) {
    const { state } = request.query;
    const pending = typeof state === 'string' ? logins.find(request, state) : undefined;
    if (!pending) return withoutLogin(request, response, state);

    const { returnTo } = pending;
    const result = await finishedLogins.once(pending, async () => {
      const each = await finish(request, pending);
      return { result: each, isFinal: each.kind === 'entered' };
    });
    if (result.kind === 'entered') {
      // `present` returns undefined if the user has logged out since the first callback.
      if (!(await sessions.present(response, result.handle))) throw new LoginAborted('over', ...stops.over);
      if (result.renewal !== undefined) renewals.set(response, result.renewal);
      else if (revalidation !== undefined) renewals.expire(response);
    } else if (result.kind === 'stopped') {
      // Keeps the cookie, so that the same callback works once the provider has recovered.
      if (result.because !== 'unavailable') logins.expire(response, pending.state);
      const [type, options] = stops[result.because];
      throw new LoginAborted(result.because, type, { ...options, returnTo });
    } else if (result.isEnded) await endReplaced(deps, request, response, pending);
    logins.expire(response, pending.state);
    redirect(response, returnTo);
  };
}

const stops = {
  over: ['bad-request', { detail: 'This login was not started in this browser, or it has expired.' }],
  cancelled: ['forbidden', { detail: 'The identity provider did not log you in.' }],
  refused: ['bad-request', { detail: 'The response of the identity provider is not valid.' }],
  'no-tenant': ['unknown-tenant', {}],
  unavailable: [
    'unavailable',
    { detail: 'The identity provider does not respond. Try again.', headers: { 'Retry-After': '2' } },
  ],
} as const satisfies Partial<Record<LoginAbortReason, readonly [ProblemType, ProblemOptions]>>;

/** Ends the session and its renewal token, because the provider has ended its own session (F36). */
async function endReplaced(
  { sessions, renewals }: AuthDependencies,
  request: Request,
  response: Response,
  { replaces }: PendingLogin,
): Promise<void> {
  await sessions.endReplaced(request, response, replaces);
  renewals.expire(response);
}

function addressOf({ originalUrl }: Request, origin: string): URL {
  const address = new URL(origin);
  address.search = originalUrl.slice(originalUrl.indexOf('?'));
  return address;
}
