import { endOf, type Session } from '@bff/auth-delegation';
import { Problem } from '@bff/service-kit';
import { type RequestHandler } from 'express';
import { type AuthDependencies } from './dependencies.ts';
import { type SessionAnswer, type SessionEntry } from '../contract/session-answers.ts';

/** `GET /auth/session`: who is logged in, until when. Asking is no use of the session. */
export function showSession({ sessions }: AuthDependencies): RequestHandler {
  return async function show(request, response) {
    const session = await sessions.require(request);
    const { subject, home, tenants, roles, permissions } = session;
    const answer: SessionAnswer = {
      sub: subject,
      tenant: home,
      ...(tenants.length > 1 && { tenants }),
      roles,
      permissions,
      expires_at: time(Math.floor(endOf(session) / 1000) * 1000),
    };
    response.json(answer);
  };
}

/** `GET /auth/sessions`: where else the user is logged in, last used first. */
export function listSessions({ sessions, store }: AuthDependencies): RequestHandler {
  return async function list(request, response) {
    const current = await sessions.require(request);
    const all = await store.list(current);
    const answer = all.map((session): SessionEntry => ({
      ...entryOf(session),
      current: session.id === current.id,
    }));
    response.json(answer);
  };
}

/** `DELETE /auth/sessions/{id}`: one of the user's own. */
export function endOneSession({ sessions, store }: AuthDependencies): RequestHandler<{ id: string }> {
  return async function endOne(request, response) {
    const current = await sessions.require(request);
    const { id } = request.params;
    if (id === current.id) await sessions.end(request, response);
    else if (!(await store.endById(current, id))) throw new Problem('not-found');
    response.status(204).end();
  };
}

/** `DELETE /auth/sessions`: all but this one. */
export function endOtherSessions({ sessions, store }: AuthDependencies): RequestHandler {
  return async function endOthers(request, response) {
    const current = await sessions.require(request);
    await store.endAllOf(current, current.id);
    response.status(204).end();
  };
}

const entryOf = ({ id, device, createdAt, lastSeenAt }: Session) => ({
  id,
  device,
  created_at: time(createdAt),
  last_seen_at: time(lastSeenAt),
});

const time = (epochMs: number): string => new Date(epochMs).toISOString();
