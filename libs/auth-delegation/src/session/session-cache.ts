import { monotonicClock, LruCache, type Listening, type StateStore, type StateTopic } from '@bff/service-kit';
import type { Now } from '../time.ts';
import type { SessionArea } from './session-index.ts';
import { isConfirmed, isLive, type Session } from './session.ts';

interface Kept {
  readonly session: Session;
  /** End of the entry's lifetime on the monotonic clock, because the system clock may be set back. */
  readonly until: number;
  readonly epoch: number;
}

/** Maximum number of sessions, of one or two kilobytes each. */
const keptSessions = 10_000;

/**
 * Caches sessions for `keepMs` while this process receives the messages about ended sessions: every process
 * that ends one notifies all others. A process that is disconnected caches nothing. If a message is lost
 * nevertheless, the entry is stale for `keepMs` at most.
 */
export class SessionCache {
  readonly #store: StateStore;
  readonly #topic: StateTopic;
  readonly #keepMs: number;
  readonly #now: Now;
  readonly #listening: Listening | undefined;
  readonly #kept = new LruCache<Kept>(keptSessions);
  #nextTurn: Promise<void> | undefined;
  /** Sessions that ended, so that a concurrent read does not cache them again. */
  readonly #ended = new LruCache<true>(keptSessions);

  constructor(store: StateStore, kind: SessionArea, keepMs: number, now: Now) {
    this.#store = store;
    this.#topic = `${kind}-ended`;
    this.#keepMs = keepMs;
    this.#now = now;
    this.#listening = keepMs > 0 ? store.listen(this.#topic, (hash) => this.#forget(hash)) : undefined;
  }

  /**
   * Subscription epoch, to be read before a session is read from the store and to be passed to `keep`.
   * Undefined while disconnected: then nothing is cached.
   */
  get epoch(): number | undefined {
    return this.#listening?.epoch;
  }

  /**
   * Returns a cached session. Waits one turn of the event loop first, so that messages which arrived before
   * the request are processed: a client that has the response to a logout finds the session ended in every
   * process.
   */
  async find(hash: string): Promise<Session | undefined> {
    if (!this.#live(hash)) return undefined;
    await (this.#nextTurn ??= this.#turn());
    return this.#live(hash);
  }

  keep(hash: string, session: Session, epoch: number | undefined): void {
    if (epoch === undefined || this.#ended.get(hash)) return;
    this.#kept.set(hash, { session, until: monotonicClock() + this.#keepMs, epoch });
  }

  /**
   * Ends a session here at once, elsewhere when the message arrives. Called before the session is removed, so
   * that a crash in between cannot lose the message.
   */
  async end(hash: string): Promise<void> {
    this.#forget(hash);
    await this.#store.publish(this.#topic, hash);
  }

  /**
   * Lets all waiting requests continue in the same event-loop turn: with one `setImmediate` for each request,
   * a cached session took longer to get than one from Redis (docs/adr/0011).
   */
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
    const { session, until, epoch } = kept;
    const at = this.#now();
    // Another process may have confirmed the session, so the store has to be read.
    const isGood = isLive(session, at) && isConfirmed(session, at);
    if (epoch === this.epoch && monotonicClock() < until && isGood) return session;
    this.#kept.delete(hash);
    return undefined;
  }

  #forget(hash: string): void {
    this.#kept.delete(hash);
    this.#ended.set(hash, true);
  }
}
