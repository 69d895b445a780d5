import { isConfirmed, type Session } from '@bff/auth-delegation';
import { Problem } from '@bff/service-kit';
import type { Request, RequestHandler, Response } from 'express';
import type { AuthDependencies } from './dependencies.ts';

const retryAfterSeconds = '5';

/**
 * Creates the handler of `POST /auth/revalidate`, which confirms the session at the identity provider. A page
 * calls it in the background when an answer says `BFF-Session: revalidate`, and before it repeats a request
 * that got a 401 with this field.
 */
export function revalidate(deps: AuthDependencies): RequestHandler {
  const { sessions, revalidation, renewals, now } = deps;

  /**
   * Without a renewal token the session stays valid until its revalidation is due; then the user must log in.
   */
  function withoutToken(session: Session, response: Response): void {
    if (!isConfirmed(session, now())) throw new Problem('not-authenticated');
    response.status(204).end();
  }

  return async function confirmSession(request, response) {
    const { handle, session } = await sessions.requirePresented(request);
    const text = renewals.find(request);
    if (revalidation === undefined || text === undefined) return withoutToken(session, response);
    const outcome = await revalidation.confirm(handle, session, text);
    if ('token' in outcome && outcome.token !== undefined && outcome.token !== text)
      renewals.set(response, outcome.token);
    switch (outcome.kind) {
      case 'confirmed':
      case 'extended':
        return void response.status(204).end();
      case 'ended':
        await end(deps, request, response);
        throw new Problem('not-authenticated', { detail: 'The identity provider has ended the session.' });
      case 'reused':
      case 'unusable':
        return withoutToken(session, response);
      case 'unavailable':
        throw new Problem('unavailable', {
          detail: 'The identity provider does not respond. Try again.',
          headers: { 'Retry-After': retryAfterSeconds },
        });
    }
  };
}

async function end(
  { sessions, renewals }: AuthDependencies,
  request: Request,
  response: Response,
): Promise<void> {
  await sessions.end(request, response);
  renewals.expire(response);
}
