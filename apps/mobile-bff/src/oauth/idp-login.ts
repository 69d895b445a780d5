import type {
  BeginLogin,
  Finished,
  FinishedLogins,
  LoginOutcome,
  RelyingParty,
  Seal,
} from '@bff/auth-delegation';
import { contextOf } from '@bff/service-kit';
import type { Request, Response } from 'express';
import { isUnavailable } from './errors.ts';
import { createLoginCookies, type LoginAim } from './login-cookies.ts';
import { onlyValue, queryOf } from './parameters.ts';
import { redirect } from './redirect.ts';

/** The login of a browser at the provider, bound to that browser from start to callback. */
export interface IdpLogin {
  /** Returns the parameters to forward to the provider; undefined if one is malformed. */
  passedFrom(query: URLSearchParams): Pick<BeginLogin, 'extra' | 'maxAge'> | undefined;
  /**
   * Redirects the browser to the provider.
   * @throws {ProviderUnavailable} if the provider does not respond
   * @throws {RangeError} if the login does not fit into a cookie
   */
  begin(request: Request, response: Response, aim: LoginAim, options?: BeginLogin): Promise<void>;
  /**
   * Returns the result of `toResult`, which runs once per login however often the callback is loaded (F72).
   * Returns undefined without calling the provider if this browser did not start the login.
   */
  finish<Result extends object>(
    request: Request,
    response: Response,
    toResult: (aim: LoginAim, outcome: LoginOutcome) => Promise<Finished<Result>>,
  ): Promise<{ readonly result: Result } | undefined>;
}

export interface IdpLoginOptions {
  readonly relyingParty: RelyingParty;
  readonly seal: Seal;
  readonly finishedLogins: FinishedLogins;
  readonly now: () => number;
}

export function createIdpLogin({ relyingParty, seal, finishedLogins, now }: IdpLoginOptions): IdpLogin {
  const cookies = createLoginCookies(seal);
  return {
    passedFrom: relyingParty.passedFrom,

    async begin(request, response, aim, options) {
      const { url, login } = await relyingParty.begin(options);
      cookies.add(request, response, { aim, login, begunAt: now() });
      redirect(request, response, url);
    },

    async finish(request, response, toResult) {
      const query = queryOf(request);
      const state = onlyValue(query, 'state');
      const pending = state === undefined ? undefined : cookies.find(request, state);
      if (!pending) return undefined;
      const { aim, login } = pending;
      const callback = new URL(`https://query.invalid/?${query}`);
      try {
        const result = await finishedLogins.once(login, async () =>
          toResult(aim, await relyingParty.finish(callback, login, contextOf(request).log)),
        );
        cookies.drop(response, login.state);
        return { result };
      } catch (error) {
        // Keeps the cookie, so that the same callback works once the provider or the store has recovered.
        if (!isUnavailable(error)) cookies.drop(response, login.state);
        throw error;
      }
    },
  };
}
