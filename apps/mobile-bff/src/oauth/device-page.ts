import {
  type AuthorizationServer,
  type DeviceLookup,
  type OAuthErrorCode,
  type SessionFacts,
} from '@bff/auth-delegation';
import { type Request, type RequestHandler, type Response } from 'express';
import { type Arrival } from './arrival.ts';
import { type DeviceConfirmations } from './device-confirmations.ts';
import { type LoginLeg } from './login-leg.ts';
import { deviceCodePage, deviceConfirmPage, messagePage, sendPage, type Page } from './pages.ts';
import { formOf, onlyValue, queryOf } from './parameters.ts';

/** The verification page of RFC 8628, section 3.3: code, login, confirmation. */
export interface DevicePage {
  readonly show: RequestHandler;
  /** The code, or the decision. */
  readonly submit: RequestHandler;
  /** The user is back from the provider. */
  arrive(request: Request, response: Response, userCode: string, arrival: Arrival): Promise<void>;
}

export interface DevicePageOptions {
  readonly server: AuthorizationServer;
  readonly leg: LoginLeg;
  readonly confirmations: DeviceConfirmations;
}

/** More than anybody types, spaces and dashes included. */
const longestCode = 32;

export function createDevicePage({ server, leg, confirmations }: DevicePageOptions): DevicePage {
  async function begin(request: Request, response: Response, typed: string): Promise<void> {
    const userCode = asShown(typed);
    if (!userCode) return sendPage(response, 400, deviceCodePage('', 'That is no code of a device.'));
    // Whether it is right is told after the login only: who guesses must do so under a name.
    await leg.begin(request, response, { kind: 'device', userCode });
  }

  async function decide(request: Request, response: Response, form: URLSearchParams): Promise<void> {
    const decision = onlyValue(form, 'decision');
    if (decision !== 'approve' && decision !== 'deny') return sendPage(response, 400, over);
    const userCode = onlyValue(form, 'user_code') ?? '';
    const user = await confirmations.take(request, userCode, onlyValue(form, 'confirmation') ?? '');
    if (!user) return sendPage(response, 400, over);
    const { facts, refreshToken } = user;
    const approved = decision === 'approve';
    const lookup = approved
      ? await server.approveDevice(userCode, facts, refreshToken)
      : await server.denyDevice(userCode, userOf(facts));
    if (lookup.kind !== 'found') return sayNotFound(response, lookup);
    sendPage(response, 200, approved ? connected : refused);
  }

  return {
    show: (request, response) =>
      sendPage(response, 200, deviceCodePage(asShown(onlyValue(queryOf(request), 'user_code') ?? ''))),

    async submit(request, response) {
      const form = formOf(request);
      if (form.has('confirmation')) return decide(request, response, form);
      await begin(request, response, onlyValue(form, 'user_code') ?? '');
    },

    async arrive(request, response, userCode, arrival) {
      if (arrival.kind === 'error') return sendPage(response, ...errorPage(arrival.error));
      const lookup = await server.findDevice(userCode, userOf(arrival.facts));
      if (lookup.kind !== 'found') return sayNotFound(response, lookup);
      const confirmation = await confirmations.offer(request, response, userCode, arrival);
      sendPage(response, 200, deviceConfirmPage(lookup.client.name, userCode, confirmation));
    },
  };
}

/** As devices show their codes, whatever it was typed like. */
function asShown(typed: string): string {
  if (typed.length > longestCode) return '';
  return typed.toUpperCase().replace(/[^A-Z0-9]/g, '').replace(/^(.{4})(.)/, '$1-$2'); // prettier-ignore
}

/** By whom wrong codes are counted. */
const userOf = ({ issuer, subject }: SessionFacts): string => JSON.stringify([issuer, subject]);

function sayNotFound(response: Response, { kind }: Exclude<DeviceLookup, { readonly kind: 'found' }>): void {
  if (kind === 'limited') sendPage(response.set('Retry-After', '600'), 429, tooMany);
  else sendPage(response, 400, deviceCodePage('', 'No device waits with that code.'));
}

function errorPage(error: OAuthErrorCode): [status: number, page: Page] {
  return error === 'access_denied' ? [403, notLoggedIn] : [503, unavailable];
}

const connected = messagePage('The device is connected', 'You may close this page.');
const refused = messagePage('The device was refused', 'You may close this page.');
const over = messagePage('This page is over', 'Begin again with the code that the device shows.');
const tooMany = messagePage('Too many wrong codes', 'Wait ten minutes, then begin again.');
const notLoggedIn = messagePage('You were not signed in', 'The device was not connected.');
const unavailable = messagePage(
  'Signing in is not possible for the moment',
  'Begin again with the code that the device shows.',
);
