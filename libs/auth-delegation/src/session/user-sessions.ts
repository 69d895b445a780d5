import type { StateStore } from '@bff/service-kit';
import type { Now } from '../time.ts';
import type { AgentAccesses } from './agent-accesses.ts';
import type { SessionArea } from './session-index.ts';
import { createSessionStore, type SessionStore } from './session-store.ts';
import type { Session, SessionOwner } from './session.ts';

/** A browser, an app or device that has a token, or an agent that acts for the user. */
export type SessionKind = 'browser' | 'app' | 'agent';

export interface UserSession {
  readonly kind: SessionKind;
  readonly session: Pick<Session, 'id' | 'clientId' | 'device' | 'createdAt' | 'lastSeenAt'>;
  /** Scopes that the user granted to an agent. */
  readonly scopes?: readonly string[];
}

/** All sessions of a user, in the apps that share a store and a provider. */
export interface UserSessions {
  /** Returns the sessions, last used first. */
  list(owner: SessionOwner): Promise<readonly UserSession[]>;
  endById(owner: SessionOwner, id: string): Promise<boolean>;
  /** Ends the sessions of a user. @returns the number of ended sessions */
  endAllOf(owner: SessionOwner, exceptId: string): Promise<number>;
}

export interface UserSessionsOptions {
  /** Sessions of this app. */
  readonly sessions: SessionStore;
  readonly area: SessionArea;
  /** Store with the sessions of all apps. */
  readonly store: StateStore;
  readonly agents: Omit<AgentAccesses, 'noteUse'>;
  readonly now?: Now | undefined;
}

const kinds: Readonly<Record<SessionArea, SessionKind>> = { session: 'browser', token: 'app' };

/**
 * Combines a user's sessions in browsers and in apps and the agents that act for the user. One of the two
 * kinds of sessions belongs to this app; another app with the same store creates the other kind.
 */
export function createUserSessions({
  sessions,
  area,
  store,
  agents,
  now,
}: UserSessionsOptions): UserSessions {
  const other = area === 'token' ? 'session' : 'token';
  const limits = { idleMs: Infinity, absoluteMs: Infinity };
  // Sessions of the other kind are only read and ended here. The lifetimes in `limits` have no effect on
  // that: they only matter where sessions are created or extended.
  const others = createSessionStore({ store, kind: other, ...limits, ...(now && { now }) });
  const both = [
    [kinds[area], sessions],
    [kinds[other], others],
  ] as const;

  return {
    async list(owner) {
      const all = both.map(async ([kind, { list }]) =>
        (await list(owner)).map((session): UserSession => ({ kind, session })),
      );
      const agentSessions = async () =>
        (await agents.list(owner)).map(({ scopes, ...access }): UserSession => ({
          kind: 'agent',
          session: { ...access, device: 'Agent' },
          scopes,
        }));
      return (await Promise.all([...all, agentSessions()]))
        .flat()
        .sort((one, another) => another.session.lastSeenAt - one.session.lastSeenAt);
    },

    endById: async (owner, id) =>
      (
        await Promise.all([...both.map(([, { endById }]) => endById(owner, id)), agents.endById(owner, id)])
      ).includes(true),

    async endAllOf(owner, exceptId) {
      const ended = await Promise.all([
        ...both.map(([, { endAllOf }]) => endAllOf(owner, exceptId)),
        agents.endAllOf(owner),
      ]);
      return ended.reduce((sum, each) => sum + each, 0);
    },
  };
}
