import { type AuthorizationServer, type AuthorizeRequest } from '@bff/auth-delegation';
import { contextOf, StateUnavailable } from '@bff/service-kit';
import { type TenantDirectory } from '@bff/tenancy';
import { type RequestHandler } from 'express';
import { arrivalOf, type Arrival } from './arrival.ts';
import { type DevicePage } from './device-page.ts';
import { type LoginLeg } from './login-leg.ts';
import { messagePage, sendPage } from './pages.ts';
import { redirect } from './redirect.ts';

export interface CallbackOptions {
  readonly server: AuthorizationServer;
  readonly leg: LoginLeg;
  readonly directory: TenantDirectory;
  readonly devicePage: DevicePage;
}

/** Where the provider sends the browser back to. Nothing of the login stays in the browser. */
export function callback({ server, leg, directory, devicePage }: CallbackOptions): RequestHandler {
  /** The address of the app, with its code or with the reason why there is none. */
  async function appLocation(request: AuthorizeRequest, arrival: Arrival): Promise<string> {
    if (arrival.kind === 'error') return server.refuse(request, arrival.error);
    try {
      return await server.issueCode(request, arrival.facts, arrival.refreshToken);
    } catch (error) {
      if (error instanceof StateUnavailable) return server.refuse(request, 'temporarily_unavailable');
      throw error;
    }
  }

  return async function handleCallback(request, response) {
    const finished = await leg.finish(request, response);
    if (!finished) return sendPage(response, 400, notBegunHere);
    const { aim, outcome } = finished;
    if (outcome.kind === 'refused') {
      contextOf(request).log.warn({ reason: outcome.reason }, 'login refused');
      return sendPage(response, 400, notBelieved);
    }
    const arrival = arrivalOf(outcome, directory);
    if (aim.kind === 'code') return redirect(request, response, await appLocation(aim.request, arrival));
    await devicePage.arrive(request, response, aim.userCode, arrival);
  };
}

const notBegunHere = messagePage(
  'This sign-in is over',
  'It was not begun in this browser, or it took too long. Go back to your app or device and begin again.',
);
const notBelieved = messagePage(
  'You could not be signed in',
  'The answer of the identity provider is not valid. Go back to your app or device and begin again.',
);
