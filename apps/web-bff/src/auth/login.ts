import {
  parseReturnTo,
  ProviderUnavailable,
  type Login,
  type Session,
  type SessionFacts,
} from '@bff/auth-delegation';
import { contextOf, Problem } from '@bff/service-kit';
import { type TenantDirectory } from '@bff/tenancy';
import { type Request, type RequestHandler, type Response } from 'express';
import { type AuthDependencies } from './dependencies.ts';
import { type PendingLogin } from './login-cookies.ts';
import { redirect } from './redirect.ts';

/** `GET /auth/login?return_to=/path[&prompt=none]`: sends the browser to the provider. */
export function beginLogin({ party, sessions, logins }: AuthDependencies): RequestHandler {
  return async function login(request, response) {
    // A fetch that followed the redirect would end at a page of another origin, which no script may read.
    if ((request.headers['sec-fetch-mode'] ?? 'navigate') !== 'navigate')
      throw new Problem('not-authenticated', { detail: 'Navigate here to log in; a fetch cannot.' });
    // The cookie that we set would again be one of two, and the page would send its user back here for ever.
    if (sessions.isAmbiguous(request))
      throw new Problem('bad-request', {
        detail: 'The session cookie came twice: clear the cookies of this site.',
      });
    const { return_to, prompt } = request.query;
    if (prompt !== undefined && prompt !== 'none')
      throw new Problem('bad-request', { detail: 'prompt is none, or left out' });
    const returnTo = parseReturnTo(return_to);

    const current = await sessions.find(request);
    const replaces = current && nameOf(current);
    const { url, login: inFlight } = await party.begin({ returnTo, prompt });
    try {
      logins.keep(request, response, { ...inFlight, replaces });
    } catch (cause) {
      if (cause instanceof RangeError)
        throw new Problem('invalid-return-to', { detail: 'It is too long.', cause });
      throw cause;
    }
    redirect(response, url);
  };
}

const nameOf = ({ home, issuer, subject, id }: NonNullable<PendingLogin['replaces']>) => ({
  home, issuer, subject, id,
}); // prettier-ignore

/** `GET /auth/callback`: where the provider sends the browser back to. */
export function finishLogin({
  party,
  sessions,
  logins,
  directory,
  origin,
  revalidation,
  renewals,
}: AuthDependencies): RequestHandler {
  /** What the session will be confirmed with goes to the browser alone. */
  function keepRenewal(request: Request, response: Response, session: Session, refreshToken?: string): void {
    if (revalidation === undefined) return;
    const { log } = contextOf(request);
    try {
      if (refreshToken !== undefined)
        return renewals.set(response, revalidation.begin(session, refreshToken));
      log.warn('the identity provider gave no refresh token: this session ends when it has to be confirmed');
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      log.error(
        'the refresh token does not fit into a cookie: this session ends when it has to be confirmed',
      );
    }
    renewals.expire(response);
  }

  return async function callback(request, response) {
    const { state } = request.query;
    const pending = typeof state === 'string' ? logins.find(request, state) : undefined;
    if (!pending) {
      // The back button, or a tab that was late: whoever is logged in goes on.
      if (await sessions.find(request)) return redirect(response, '/');
      throw new Problem('bad-request', {
        detail: 'This login was not begun in this browser, or it is over.',
      });
    }

    const { log } = contextOf(request);
    const outcome = await party.finish(addressOf(request, origin), pending);
    switch (outcome.kind) {
      case 'logged-in': {
        const facts = factsOf(outcome.login, directory);
        const session = await sessions.begin(request, response, facts, pending.replaces);
        keepRenewal(request, response, session, outcome.refreshToken);
        log.info({ tenant: facts.home, session_id: session.id }, 'logged in');
        break;
      }
      case 'not-logged-in':
        if (outcome.isEnded) await sessions.endReplaced(request, response, pending.replaces);
        break;
      case 'provider-unavailable':
        throw new ProviderUnavailable('the login could not be finished');
      case 'denied':
        log.info({ reason: outcome.error }, 'login denied by the provider');
        throw new Problem('forbidden', { detail: 'The identity provider did not log you in.' });
      case 'refused':
        log.warn({ reason: outcome.reason }, 'login refused');
        logins.expire(response, pending.state);
        throw new Problem('bad-request', { detail: 'The answer of the identity provider is not valid.' });
    }
    logins.expire(response, pending.state);
    redirect(response, outcome.returnTo);
  };
}

/** @throws {Problem} `unknown-tenant` when none of the user's tenants is served here */
function factsOf(login: Login, directory: TenantDirectory): SessionFacts {
  for (const id of login.tenants) {
    const tenant = directory.find(id);
    if (tenant?.status === 'active') return { ...login, home: tenant.id };
  }
  throw new Problem('unknown-tenant');
}

function addressOf({ originalUrl }: Request, origin: string): URL {
  const address = new URL(origin);
  address.search = originalUrl.slice(originalUrl.indexOf('?'));
  return address;
}
