import type { AuthorizationServer, AuthorizeRequest, Finished, LoginOutcome } from '@bff/auth-delegation';
import { contextOf, StateUnavailable, type Logger } from '@bff/service-kit';
import type { TenantDirectory } from '@bff/tenancy';
import type { RequestHandler } from 'express';
import { arrivalOf, type Arrival } from './arrival.ts';
import type { DevicePage } from './device-page.ts';
import type { LoginAim } from './login-cookies.ts';
import type { LoginLeg } from './login-leg.ts';
import { message } from './pages.ts';
import { redirect } from './redirect.ts';

export interface CallbackOptions {
  readonly server: AuthorizationServer;
  readonly leg: LoginLeg;
  readonly directory: TenantDirectory;
  readonly devicePage: DevicePage;
}

/** Result of the callback: a redirect to the app, or the verification page of a device. */
type Landing =
  | { readonly kind: 'refused' }
  | { readonly kind: 'app'; readonly location: string }
  | { readonly kind: 'device'; readonly userCode: string; readonly arrival: Arrival };

/**
 * Creates the handler of the redirect URI for the provider. No data of the finished login stays in the
 * browser.
 */
export function callback({ server, leg, directory, devicePage }: CallbackOptions): RequestHandler {
  /** Returns the redirect URI of the app, with a code or an OAuth error. */
  async function appLocation(request: AuthorizeRequest, arrival: Arrival): Promise<string> {
    if (arrival.kind === 'error') return server.refuse(request, arrival.error);
    try {
      return await server.issueCode(request, arrival.facts, arrival.refreshToken);
    } catch (error) {
      if (error instanceof StateUnavailable) return server.refuse(request, 'temporarily_unavailable');
      throw error;
    }
  }

  async function arrive(aim: LoginAim, outcome: LoginOutcome, log: Logger): Promise<Finished<Landing>> {
    if (outcome.kind === 'refused') return { result: { kind: 'refused' }, isFinal: false };
    const arrival = arrivalOf(outcome, directory, log);
    const isFinal = arrival.kind === 'user';
    const result: Landing =
      aim.kind === 'code'
        ? { kind: 'app', location: await appLocation(aim.request, arrival) }
        : { kind: 'device', userCode: aim.userCode, arrival };
    return { result, isFinal };
  }

  return async function handleCallback(request, response) {
    const { log } = contextOf(request);
    const finished = await leg.finish(request, response, (aim, outcome) => arrive(aim, outcome, log));
    if (!finished) return message('over')(request, response, 400);
    const { result } = finished;
    if (result.kind === 'refused') return message('refused')(request, response, 400);
    if (result.kind === 'app') return redirect(request, response, result.location);
    await devicePage.arrive(request, response, result.userCode, result.arrival);
  };
}
