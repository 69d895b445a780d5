import {
  monotonicClock,
  RecentlyUsed,
  type Listening,
  type StateStore,
  type StateTopic,
} from '@bff/service-kit';
import type { Now } from '../time.ts';
import type { SessionArea } from './anchors.ts';
import { isConfirmed, isLive, type Session } from './session.ts';

interface Kept {
  readonly session: Session;
  /** On the monotonic clock: the other may be set back. */
  readonly until: number;
  readonly unbroken: number;
}

/** Sessions, each of a kilobyte or two. */
const keptSessions = 10_000;

/**
 * Sessions that were read a moment ago, for as long as every end of a session is heard of. What ends one tells it to all
 * processes. One that cannot hear keeps nothing, and one that misses a message in spite of that is wrong for `keepMs`.
 */
export class RecentSessions {
  readonly #store: StateStore;
  readonly #topic: StateTopic;
  readonly #keepMs: number;
  readonly #now: Now;
  readonly #listening: Listening | undefined;
  readonly #kept = new RecentlyUsed<Kept>(keptSessions);
  #nextTurn: Promise<void> | undefined;
  /** A read that was under way when its session ended must not bring it back. */
  readonly #ended = new RecentlyUsed<true>(keptSessions);

  constructor(store: StateStore, kind: SessionArea, keepMs: number, now: Now) {
    this.#store = store;
    this.#topic = `${kind}-ended`;
    this.#keepMs = keepMs;
    this.#now = now;
    this.#listening = keepMs > 0 ? store.listen(this.#topic, (hash) => this.#forget(hash)) : undefined;
  }

  /** To be asked before a session is read, and handed back with it; undefined: nothing is kept. */
  get unbroken(): number | undefined {
    return this.#listening?.unbroken;
  }

  /**
   * Waits one turn of the event loop: what had reached this machine before the request came has then been heard. So who has
   * seen the answer to a logout finds the session dead everywhere.
   */
  async find(hash: string): Promise<Session | undefined> {
    if (!this.#live(hash)) return undefined;
    await (this.#nextTurn ??= this.#turn());
    return this.#live(hash);
  }

  keep(hash: string, session: Session, unbroken: number | undefined): void {
    if (unbroken === undefined || this.#ended.get(hash)) return;
    this.#kept.set(hash, { session, until: monotonicClock() + this.#keepMs, unbroken });
  }

  /** Here at once, everywhere else as soon as it is heard. Before the session is removed: a process that dies in between has told. */
  async end(hash: string): Promise<void> {
    this.#forget(hash);
    await this.#store.publish(this.#topic, hash);
  }

  /** One for all who wait: they go on together, which is what makes keeping them pay (decision 11). */
  #turn(): Promise<void> {
    return new Promise((resolve) => {
      setImmediate(() => {
        this.#nextTurn = undefined;
        resolve();
      });
    });
  }

  #live(hash: string): Session | undefined {
    const kept = this.#kept.get(hash);
    if (!kept) return undefined;
    const { session, until, unbroken } = kept;
    const at = this.#now();
    // Another process may have had it confirmed: only the store knows.
    const isGood = isLive(session, at) && isConfirmed(session, at);
    if (unbroken === this.unbroken && monotonicClock() < until && isGood) return session;
    this.#kept.delete(hash);
    return undefined;
  }

  #forget(hash: string): void {
    this.#kept.delete(hash);
    this.#ended.set(hash, true);
  }
}
