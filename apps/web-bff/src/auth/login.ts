import { parseReturnTo, type BeginLogin } from '@bff/auth-delegation';
import { Problem } from '@bff/service-kit';
import type { RequestHandler } from 'express';
import type { AuthDependencies } from './dependencies.ts';
import type { PendingLogin } from './login-cookies.ts';
import { LoginAborted } from './login-aborted.ts';
import { redirect } from './redirect.ts';

const prompts: readonly unknown[] = [undefined, 'none', 'login', 'select_account'];

/**
 * Creates the handler of `GET /auth/login?return_to=/path[&prompt=none|login|select_account]`, which
 * redirects to the provider.
 */
export function beginLogin({ party, sessions, logins }: AuthDependencies): RequestHandler {
  return async function login(request, response) {
    // A fetch would follow the redirect to another origin, whose page no script may read.
    if ((request.headers['sec-fetch-mode'] ?? 'navigate') !== 'navigate')
      throw new Problem('not-authenticated', {
        detail: 'Open this URL by navigation; a fetch cannot log in.',
      });
    // A login would replace only one of the cookies, so the request would stay ambiguous, and the page would
    // send its user here again in a loop.
    if (sessions.isAmbiguous(request))
      throw new Problem('bad-request', {
        detail: 'The request has several session cookies: clear the cookies of this site.',
      });
    const { return_to, prompt } = request.query;
    if (!prompts.includes(prompt))
      throw new LoginAborted('bad-link', 'bad-request', {
        detail: 'prompt must be none, login, select_account, or absent',
      });
    const passed = party.passedFrom(new URL(request.originalUrl, 'https://query.invalid').searchParams);
    if (!passed)
      throw new LoginAborted('bad-link', 'bad-request', {
        detail: 'A parameter for the provider is malformed.',
      });
    const returnTo = parseReturnTo(return_to);

    const current = await sessions.find(request);
    const replaces = current && nameOf(current);
    const { url, login: inFlight } = await party.begin({
      ...passed,
      returnTo,
      prompt: prompt as BeginLogin['prompt'],
    });
    try {
      logins.keep(request, response, { ...inFlight, replaces });
    } catch (cause) {
      if (cause instanceof RangeError)
        throw new Problem('invalid-return-to', { detail: 'return_to is too long.', cause });
      throw cause;
    }
    redirect(response, url);
  };
}

const nameOf = ({ home, issuer, subject, id }: NonNullable<PendingLogin['replaces']>) => ({
  home,
  issuer,
  subject,
  id,
});
