import type { AuthorizationServer, AuthorizeRequest, Finished, LoginOutcome } from '@bff/auth-delegation';
import { contextOf, StateUnavailable, type Logger } from '@bff/service-kit';
import type { TenantDirectory } from '@bff/tenancy';
import type { RequestHandler } from 'express';
import { loginResultOf, type LoginResult } from './login-result.ts';
import type { DevicePage } from './device-page.ts';
import type { LoginAim } from './login-cookies.ts';
import type { IdpLogin } from './idp-login.ts';
import { message } from './pages.ts';
import { redirect } from './redirect.ts';

export interface CallbackOptions {
  readonly server: AuthorizationServer;
  readonly idpLogin: IdpLogin;
  readonly directory: TenantDirectory;
  readonly devicePage: DevicePage;
}

/** Result of the callback: an error page, a redirect to the app, or the verification page of a device. */
type CallbackResult =
  | { readonly kind: 'refused' }
  | { readonly kind: 'app'; readonly location: string }
  | { readonly kind: 'device'; readonly userCode: string; readonly login: LoginResult };

/**
 * Creates the handler of the redirect URI to which the provider sends the browser back. A finished login
 * leaves no cookie in the browser.
 */
export function callback({ server, idpLogin, directory, devicePage }: CallbackOptions): RequestHandler {
  /** Returns the redirect URI of the app, with a code or an OAuth error. */
  async function appLocation(request: AuthorizeRequest, login: LoginResult): Promise<string> {
    if (login.kind === 'error') return server.refuse(request, login.error);
    try {
      return await server.issueCode(request, login.facts, login.refreshToken);
    } catch (error) {
      if (error instanceof StateUnavailable) return server.refuse(request, 'temporarily_unavailable');
      throw error;
    }
  }

  async function resultOf(
    aim: LoginAim,
    outcome: LoginOutcome,
    log: Logger,
  ): Promise<Finished<CallbackResult>> {
    if (outcome.kind === 'refused') return { result: { kind: 'refused' }, isFinal: false };
    const login = loginResultOf(outcome, directory, log);
    const isFinal = login.kind === 'user';
    const result: CallbackResult =
      aim.kind === 'code'
        ? { kind: 'app', location: await appLocation(aim.request, login) }
        : { kind: 'device', userCode: aim.userCode, login };
    return { result, isFinal };
  }

  return async function handleCallback(request, response) {
    const { log } = contextOf(request);
    const finished = await idpLogin.finish(request, response, (aim, outcome) => resultOf(aim, outcome, log));
    if (!finished) return message('over')(request, response, 400);
    const { result } = finished;
    if (result.kind === 'refused') return message('refused')(request, response, 400);
    if (result.kind === 'app') return redirect(request, response, result.location);
    await devicePage.onLogin(request, response, result.userCode, result.login);
  };
}
