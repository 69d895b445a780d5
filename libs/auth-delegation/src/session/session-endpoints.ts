import { Problem } from '@bff/service-kit';
import type { Request, RequestHandler, Response } from 'express';
import type { Session } from './session.ts';
import type { SessionKind, UserSessions } from './user-sessions.ts';

export interface SessionEndpointsOptions {
  readonly userSessions: UserSessions;
  /** Returns the session of a request. @throws {Problem} `not-authenticated` */
  readonly currentOf: (request: Request) => Promise<Session>;
  /** Ends the session of a request, and removes the state that its client stores. */
  readonly endCurrent: (request: Request, response: Response, current: Session) => Promise<unknown>;
}

/** A session as its user sees it. */
export interface SessionEntry {
  /** Public id, which cannot be used as a handle. */
  readonly id: string;
  readonly kind: SessionKind;
  readonly client_id?: string;
  /** Whether it is the session of this request. */
  readonly current: boolean;
  readonly device: string;
  readonly created_at: string;
  readonly last_seen_at: string;
  /** Scopes that were granted to an agent; absent for browsers and apps. */
  readonly scopes?: readonly string[];
}

export interface SessionEndpoints {
  readonly list: RequestHandler;
  readonly endOne: RequestHandler<{ id: string }>;
  readonly endOthers: RequestHandler;
}

const time = (epochMs: number): string => new Date(epochMs).toISOString();

/**
 * Creates the endpoints where a user lists the sessions in browsers and apps, and ends one of them or all
 * except the current one (W12).
 */
export function sessionEndpoints({
  userSessions,
  currentOf,
  endCurrent,
}: SessionEndpointsOptions): SessionEndpoints {
  const list: RequestHandler = async (request, response) => {
    const current = await currentOf(request);
    const all = await userSessions.list(current);
    response.json(
      all.map(({ kind, scopes, session: { id, clientId, device, createdAt, lastSeenAt } }): SessionEntry => ({
        ...{ id, kind },
        ...(clientId !== undefined && { client_id: clientId }),
        current: id === current.id,
        device,
        created_at: time(createdAt),
        last_seen_at: time(lastSeenAt),
        ...(scopes && { scopes }),
      })),
    );
  };

  const endOne: RequestHandler<{ id: string }> = async (request, response) => {
    const current = await currentOf(request);
    const { id } = request.params;
    if (id === current.id) await endCurrent(request, response, current);
    else if (!(await userSessions.endById(current, id))) throw new Problem('not-found');
    response.status(204).end();
  };

  const endOthers: RequestHandler = async (request, response) => {
    const current = await currentOf(request);
    await userSessions.endAllOf(current, current.id);
    response.status(204).end();
  };

  return { list, endOne, endOthers };
}
