import type { AuthorizationServer, DeviceLookup, OAuthErrorCode, SessionFacts } from '@bff/auth-delegation';
import type { Request, RequestHandler, Response } from 'express';
import type { LoginResult } from './login-result.ts';
import type { DeviceConfirmations } from './device-confirmations.ts';
import type { IdpLogin } from './idp-login.ts';
import { deviceCodePage, deviceConfirmPage, deviceRetryPage, message } from './pages.ts';
import { formOf, onlyValue, queryOf } from './parameters.ts';

/** Verification page of the device flow (RFC 8628, section 3.3): code, login, confirmation. */
export interface DevicePage {
  readonly show: RequestHandler;
  /** Handles the form with the code and the form with the decision. */
  readonly submit: RequestHandler;
  /** Shows the confirmation, or an error, when the user returns from the login at the provider. */
  onLogin(request: Request, response: Response, userCode: string, login: LoginResult): Promise<void>;
}

export interface DevicePageOptions {
  readonly server: AuthorizationServer;
  readonly idpLogin: IdpLogin;
  readonly confirmations: DeviceConfirmations;
}

/** Maximum length of typed input, spaces and dashes included. */
const maxCodeLength = 32;

export function createDevicePage({ server, idpLogin, confirmations }: DevicePageOptions): DevicePage {
  async function begin(request: Request, response: Response, form: URLSearchParams): Promise<void> {
    const userCode = asShown(onlyValue(form, 'user_code') ?? '');
    if (!userCode) return deviceCodePage('', 'noCode')(request, response, 400);
    const prompt = onlyValue(form, 'prompt') === 'select_account' ? 'select_account' : undefined;
    // The code is checked only after the login, so that guesses are counted against a user.
    await idpLogin.begin(request, response, { kind: 'device', userCode }, { prompt });
  }

  async function decide(request: Request, response: Response, form: URLSearchParams): Promise<void> {
    const decision = onlyValue(form, 'decision');
    if (decision !== 'approve' && decision !== 'deny') return message('device-over')(request, response, 400);
    const userCode = onlyValue(form, 'user_code') ?? '';
    const user = await confirmations.take(request, userCode, onlyValue(form, 'confirmation') ?? '');
    if (!user) return message('device-over')(request, response, 400);
    const { facts, refreshToken } = user;
    const approved = decision === 'approve';
    const lookup = approved
      ? await server.approveDevice(userCode, facts, refreshToken)
      : await server.denyDevice(userCode, userOf(facts));
    if (lookup.kind !== 'found') return sayNotFound(request, response, lookup);
    message(approved ? 'device-connected' : 'device-refused')(request, response, 200);
  }

  return {
    show: (request, response) =>
      deviceCodePage(asShown(onlyValue(queryOf(request), 'user_code') ?? ''))(request, response, 200),

    async submit(request, response) {
      const form = formOf(request);
      if (form.has('confirmation')) return decide(request, response, form);
      await begin(request, response, form);
    },

    async onLogin(request, response, userCode, login) {
      if (login.kind === 'error') return sayNotLoggedIn(request, response, userCode, login.error);
      const lookup = await server.findDevice(userCode, userOf(login.facts));
      if (lookup.kind !== 'found') return sayNotFound(request, response, lookup);
      const confirmation = await confirmations.offer(request, response, userCode, login);
      deviceConfirmPage(lookup.client.name, userCode, confirmation)(request, response, 200);
    },
  };
}

/** Normalizes a typed code to the form in which devices show it; empty if it is too long. */
function asShown(typed: string): string {
  if (typed.length > maxCodeLength) return '';
  return typed
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replace(/^(.{4})(.)/, '$1-$2');
}

/** Returns the key by which a user's wrong codes are counted. */
const userOf = ({ issuer, subject }: SessionFacts): string => JSON.stringify([issuer, subject]);

function sayNotFound(
  request: Request,
  response: Response,
  { kind }: Exclude<DeviceLookup, { readonly kind: 'found' }>,
): void {
  if (kind === 'limited') message('device-limited')(request, response.set('Retry-After', '600'), 429);
  else deviceCodePage('', 'unknownCode')(request, response, 400);
}

function sayNotLoggedIn(request: Request, response: Response, userCode: string, error: OAuthErrorCode): void {
  const isDenied = error !== 'temporarily_unavailable' && error !== 'server_error';
  const page = deviceRetryPage(isDenied ? 'device-denied' : 'unavailable', userCode);
  page(request, response, isDenied ? 403 : 503);
}
