import {
  LruCache,
  stateKey,
  StateUnavailable,
  type Logger,
  type StateKey,
  type StateStore,
} from '@bff/service-kit';
import type { EndMarks } from '../ending/end-marks.ts';
import { targetKey, type ClientAccessTarget } from '../ending/end-target.ts';
import { digestOf } from '../opaque.ts';
import type { Now } from '../time.ts';
import type { SessionOwner } from './session.ts';

/** One use of an access token that a client holds for a user. */
export interface AgentUse {
  readonly owner: SessionOwner;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** When the user authenticated, in milliseconds since 1970; 0 if the token has no `auth_time`. */
  readonly beganAt: number;
}

/** The access of an agent to the data of a user. */
export interface AgentAccess {
  /** Public id for lists, which cannot be used as a credential. */
  readonly id: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** First use since the user authenticated, in milliseconds since 1970. */
  readonly createdAt: number;
  readonly lastSeenAt: number;
}

export interface AgentAccesses {
  /**
   * Records a use; each process does so at most once a minute for each user and client. Never rejects: while
   * the store is down, no use is recorded.
   */
  noteUse(use: AgentUse): Promise<void>;
  list(owner: SessionOwner): Promise<readonly AgentAccess[]>;
  /**
   * Ends every token of the client for which the user authenticated until now, including those that the
   * client refreshes later.
   *
   * @returns false when the user has no such access
   * @throws {StateUnavailable}
   */
  endById(owner: SessionOwner, id: string): Promise<boolean>;
  /** Ends the access of all agents of a user. @returns the number of ended accesses */
  endAllOf(owner: SessionOwner): Promise<number>;
}

export interface AgentAccessesOptions {
  readonly store: StateStore;
  /** Marks of access tokens; see `createTokenMarks`. */
  readonly marks: Pick<EndMarks, 'isEnded' | 'add'>;
  readonly log: Logger;
  readonly now?: Now | undefined;
}

interface Stored extends Omit<AgentAccess, 'id'> {
  readonly beganAt: number;
}

const noteEveryMs = 60_000;
/** Milliseconds without use after which the record of an access expires. */
const keepMs = 30 * 86_400_000;
const rememberedUses = 10_000;

/**
 * Creates the records of agents that act for users. The provider issues and refreshes their tokens, so only
 * the uses are stored here, and an access is ended by a mark that every replica checks.
 */
export function createAgentAccesses({
  store,
  marks,
  log,
  now = Date.now,
}: AgentAccessesOptions): AgentAccesses {
  const noted = new LruCache<number>(rememberedUses);
  const isEnded = (target: ClientAccessTarget, beganAt: number): boolean =>
    marks.isEnded(() => [targetKey(target)], beganAt);

  async function stored(key: StateKey): Promise<Stored | undefined> {
    const text = await store.get(key);
    return text && (JSON.parse(text.toString()) as Stored);
  }

  async function accesses(owner: SessionOwner): Promise<readonly AgentAccess[]> {
    const ids = await store.setMembers(indexOf(owner));
    const found = ids.map(async (id) => {
      const access = await stored(recordOf(owner, id));
      if (!access) await store.setRemove(indexOf(owner), id);
      const { beganAt, ...shown } = access ?? { beganAt: 0 };
      return access && !isEnded(targetOf(owner, access.clientId), beganAt)
        ? [{ ...shown, id } as AgentAccess]
        : [];
    });
    return (await Promise.all(found)).flat();
  }

  async function end(owner: SessionOwner, { id, clientId }: AgentAccess): Promise<void> {
    await marks.add(targetOf(owner, clientId), now());
    await Promise.all([store.delete(recordOf(owner, id)), store.setRemove(indexOf(owner), id)]);
  }

  return {
    async noteUse({ owner, clientId, scopes, beganAt }) {
      const id = idOf(owner, clientId);
      const use = JSON.stringify([owner.home, id, beganAt]);
      const at = now();
      if (at - (noted.get(use) ?? -Infinity) < noteEveryMs) return;
      noted.set(use, at);
      try {
        const key = recordOf(owner, id);
        const earlier = await stored(key);
        const createdAt = earlier?.beganAt === beganAt ? earlier.createdAt : at;
        const access: Stored = { clientId, scopes, createdAt, lastSeenAt: at, beganAt };
        await store.set(key, JSON.stringify(access), keepMs);
        await store.setAdd(indexOf(owner), id, keepMs);
      } catch (error) {
        // The store logs its own outages.
        if (!(error instanceof StateUnavailable))
          log.error({ err: error }, 'the use of an access token was not stored');
      }
    },

    list: accesses,

    async endById(owner, id) {
      const access = (await accesses(owner)).find((each) => each.id === id);
      if (access) await end(owner, access);
      return access !== undefined;
    },

    async endAllOf(owner) {
      const all = await accesses(owner);
      await Promise.all(all.map((access) => end(owner, access)));
      return all.length;
    },
  };
}

const subjectOf = ({ subject, providerSubject = subject }: SessionOwner): string => providerSubject;
const idOf = (owner: SessionOwner, clientId: string): string =>
  digestOf(owner.issuer, subjectOf(owner), clientId);
const indexOf = (owner: SessionOwner): StateKey =>
  stateKey(owner.home, 'agent', digestOf(owner.issuer, subjectOf(owner)));
const recordOf = ({ home }: SessionOwner, id: string): StateKey => stateKey(home, 'agent', 'access', id);
const targetOf = (owner: SessionOwner, clientId: string): ClientAccessTarget => ({
  kind: 'client-access',
  issuer: owner.issuer,
  subject: subjectOf(owner),
  clientId,
});
