import {
  preTenantKey,
  StateUnavailable,
  type Logger,
  type StateKey,
  type StateStore,
} from '@bff/service-kit';
import { digest, mintOpaque } from '../opaque.ts';
import type { Now } from '../time.ts';
import { targetKey, type ClientAccessTarget, type EndTarget } from './end-target.ts';
import { MarkTable, type Mark } from './mark-table.ts';

/**
 * What a mark can end: browser sessions (`session`), sessions of opaque tokens (`token`), or access tokens of
 * the provider (`access`).
 */
export type MarkedArea = 'session' | 'token' | 'access';

export interface EndMarksOptions {
  readonly store: StateStore;
  readonly area: MarkedArea;
  /**
   * Time to live of a mark in milliseconds: at least the maximum lifetime of the sessions or tokens that it
   * ends.
   */
  readonly ttlMs: number;
  /**
   * Whether sessions count as valid until the marks have been read once. default: `isEnded` throws until then
   */
  readonly acceptsUnknown?: boolean;
  readonly log: Logger;
  readonly now?: Now;
}

/**
 * Revocation marks. A mark names a user, tenant, client or everybody, and a time: their sessions or tokens
 * that began up to this time are ended. Each process holds all marks in memory, so a check costs no call; the
 * store keeps them for processes that start later.
 */
export interface EndMarks {
  /**
   * Returns whether a session or token that began at `beganAt` (milliseconds since 1970) was ended.
   * @param keys returns the keys of its targets, from {@link targetKeysOf}
   * @throws {StateUnavailable} until the marks have been read once
   */
  isEnded(keys: () => readonly string[], beganAt: number): boolean;
  /**
   * Ends the sessions or tokens that began up to `before`: at once in processes that receive the message, in
   * others within two seconds.
   * @throws {StateUnavailable} {StateFull}
   */
  add(target: EndTarget | ClientAccessTarget, before: number): Promise<void>;
  /** Resolves when the marks have been read, or after one second if the store is down. */
  ready(): Promise<void>;
  close(): void;
}

/** Number of sets that the marks are spread over, so that each set stays small. */
const buckets = 16;
const everyMs = 1_000;
const firstEveryMs = 20;
const longestStartMs = 1_000;

/**
 * Creates the marks that end the sessions or tokens of one area.
 *
 * @example
 * const marks = createEndMarks({ store, area: 'session', ttlMs, log });
 */
export function createEndMarks(options: EndMarksOptions): EndMarks {
  const { store, area, ttlMs, acceptsUnknown = false, log, now = Date.now } = options;
  const table = new MarkTable(now);
  const versionKey = preTenantKey('revoked', area, 'version');
  const bucketKey = (index: number): StateKey => preTenantKey('revoked', area, 'marks', String(index));
  const bucketOf = (key: string): StateKey => bucketKey(digest(key).charCodeAt(0) % buckets);
  let isLoaded = !store.isShared;
  /** Version that was read from the store and whose message may still arrive. */
  let awaited: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let announceLoaded: () => void = () => undefined;
  const loaded = new Promise<void>((resolve) => (announceLoaded = resolve));

  const listening = store.listen('ended-before', (text) => {
    const [of, version, ...mark] = JSON.parse(text) as [MarkedArea, string, ...Mark];
    if (of !== area) return;
    table.apply(mark);
    table.noteVersion(version);
  });

  async function load(version: string | undefined): Promise<void> {
    for (let index = 0; index < buckets; index++) {
      const members = await store.setMembers(bucketKey(index));
      const superseded = members.filter((member) => !table.apply(JSON.parse(member) as Mark));
      await Promise.all(superseded.map((member) => store.setRemove(bucketKey(index), member)));
    }
    if (version !== undefined) table.noteVersion(version);
    isLoaded = true;
    announceLoaded();
  }

  async function look(): Promise<void> {
    const version = (await store.get(versionKey))?.toString();
    table.dropExpired();
    if (isLoaded && (version === undefined || table.isKnownVersion(version))) return;
    // The message with this version may still arrive. The marks are read from the store if it has not arrived
    // by the next check, or if this process is disconnected.
    const isOnItsWay = isLoaded && listening.epoch !== undefined && awaited !== version;
    awaited = version;
    if (!isOnItsWay) await load(version);
  }

  const next = (): void => {
    void look()
      // The store logs its own outages.
      .catch(
        (error: unknown) =>
          void (
            error instanceof StateUnavailable ||
            log.error({ err: error }, 'marks of ended sessions could not be read')
          ),
      )
      .finally(() => {
        if (!isClosed) timer = setTimeout(next, isLoaded ? everyMs : firstEveryMs).unref();
      });
  };
  if (store.isShared) next();

  return {
    isEnded(keys, beganAt) {
      if (!isLoaded && !acceptsUnknown) throw new StateUnavailable('marks of ended sessions were never read');
      return table.size > 0 && keys().some((key) => table.isEnded(key, beganAt));
    },

    async add(target, before) {
      const mark: Mark = [targetKey(target), before, now() + ttlMs];
      table.requireCapacityFor(mark);
      const version = mintOpaque();
      // Stored before it is published, so that a process that starts in between reads it.
      await store.setAdd(bucketOf(mark[0]), JSON.stringify(mark), ttlMs);
      await store.set(versionKey, version, ttlMs);
      table.apply(mark);
      table.noteVersion(version);
      await store.publish('ended-before', JSON.stringify([area, version, ...mark]));
    },

    async ready() {
      if (isLoaded) return;
      const late = new Promise<void>((resolve) => void setTimeout(resolve, longestStartMs).unref());
      await Promise.race([loaded, late]);
    },

    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
