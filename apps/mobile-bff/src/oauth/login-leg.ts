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

/** A browser's way to the provider and back, bound to this very browser all along. */
export interface LoginLeg {
  /** What of a request goes on to the provider; undefined when that is malformed. */
  passedFrom(query: URLSearchParams): Pick<BeginLogin, 'extra' | 'maxAge'> | undefined;
  /**
   * Sends the browser to the provider.
   * @throws {ProviderUnavailable}
   * @throws {RangeError} when the request is too long to be kept by the browser
   */
  begin(request: Request, response: Response, aim: LoginAim, options?: BeginLogin): Promise<void>;
  /**
   * What `arrive` makes of the outcome, once for a login however often its callback comes (F72); undefined, and the provider is
   * asked nothing, when this browser did not begin it.
   */
  finish<Result extends object>(
    request: Request,
    response: Response,
    arrive: (aim: LoginAim, outcome: LoginOutcome) => Promise<Finished<Result>>,
  ): Promise<{ readonly result: Result } | undefined>;
}

export interface LoginLegOptions {
  readonly relyingParty: RelyingParty;
  readonly seal: Seal;
  readonly finishedLogins: FinishedLogins;
  readonly now: () => number;
}

export function createLoginLeg({ relyingParty, seal, finishedLogins, now }: LoginLegOptions): LoginLeg {
  const cookies = createLoginCookies(seal);
  return {
    passedFrom: relyingParty.passedFrom,

    async begin(request, response, aim, options) {
      const { url, login } = await relyingParty.begin(options);
      cookies.add(request, response, { aim, login, begunAt: now() });
      redirect(request, response, url);
    },

    async finish(request, response, arrive) {
      const query = queryOf(request);
      const state = onlyValue(query, 'state');
      const pending = state === undefined ? undefined : cookies.find(request, state);
      if (!pending) return undefined;
      const { aim, login } = pending;
      const callback = new URL(`https://query.invalid/?${query}`);
      try {
        const result = await finishedLogins.once(login, async () =>
          arrive(aim, await relyingParty.finish(callback, login, contextOf(request).log)),
        );
        cookies.drop(response, login.state);
        return { result };
      } catch (error) {
        // The same callback works when the provider or the store is back, so it keeps its cookie then.
        if (!isUnavailable(error)) cookies.drop(response, login.state);
        throw error;
      }
    },
  };
}
