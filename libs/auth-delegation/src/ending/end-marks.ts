import {
  preTenantKey,
  StateUnavailable,
  type Logger,
  type StateKey,
  type StateStore,
} from '@bff/service-kit';
import { digest, mintOpaque } from '../opaque.ts';
import type { Now } from '../time.ts';
import { targetKey, type EndTarget } from './end-target.ts';
import { MarkTable, type Mark } from './mark-table.ts';

/** What is marked: browser sessions, sessions behind bearer tokens, or access tokens of the provider. */
export type MarkedArea = 'session' | 'token' | 'access';

export interface EndMarksOptions {
  readonly store: StateStore;
  readonly area: MarkedArea;
  /** Milliseconds for which a mark is kept: nothing that it ends lives longer. */
  readonly ttlMs: number;
  /** Whether all counts as alive while the marks were never read. Default: it cannot be known, so nothing may be used. */
  readonly acceptsUnknown?: boolean;
  readonly log: Logger;
  readonly now?: Now;
}

/**
 * Moments up to which the sessions or tokens of a user, tenant, client or of everybody are at an end. Each process has all of
 * them in memory, so looking costs no call; the store keeps them for those that start later.
 */
export interface EndMarks {
  /**
   * Whether what began at `beganAt` (epoch milliseconds) is at an end.
   *
   * @param keys of {@link targetKeysOf}
   * @throws {StateUnavailable} when no mark was ever read
   */
  isEnded(keys: () => readonly string[], beganAt: number): boolean;
  /**
   * Ends what began up to `before`, here and in every process that hears of it; in others within two seconds.
   *
   * @throws {StateUnavailable} {StateFull}
   */
  add(target: EndTarget, before: number): Promise<void>;
  /** Resolves when the marks were read, or after a second without the store. */
  ready(): Promise<void>;
  close(): void;
}

/** Sets that the marks are spread over, so that none is long. */
const buckets = 16;
const everyMs = 1_000;
const firstEveryMs = 20;
const longestStartMs = 1_000;

/** @example const marks = createEndMarks({ store, area: 'session', ttlMs, log }); */
export function createEndMarks(options: EndMarksOptions): EndMarks {
  const { store, area, ttlMs, acceptsUnknown = false, log, now = Date.now } = options;
  const table = new MarkTable(now);
  const versionKey = preTenantKey('revoked', area, 'version');
  const bucketKey = (index: number): StateKey => preTenantKey('revoked', area, 'marks', String(index));
  const bucketOf = (key: string): StateKey => bucketKey(digest(key).charCodeAt(0) % buckets);
  let isLoaded = !store.isShared;
  /** Version of the store for which a message may still be on its way. */
  let awaited: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let announceLoaded: () => void = () => undefined;
  const loaded = new Promise<void>((resolve) => (announceLoaded = resolve));

  const listening = store.listen('ended-before', (text) => {
    const [of, version, ...mark] = JSON.parse(text) as [MarkedArea, string, ...Mark];
    if (of !== area) return;
    table.apply(mark);
    table.heard(version);
  });

  async function load(version: string | undefined): Promise<void> {
    for (let index = 0; index < buckets; index++) {
      const members = await store.setMembers(bucketKey(index));
      const superseded = members.filter((member) => !table.apply(JSON.parse(member) as Mark));
      await Promise.all(superseded.map((member) => store.setRemove(bucketKey(index), member)));
    }
    if (version !== undefined) table.heard(version);
    isLoaded = true;
    announceLoaded();
  }

  async function look(): Promise<void> {
    const version = (await store.get(versionKey))?.toString();
    table.dropExpired();
    if (isLoaded && (version === undefined || table.hasHeard(version))) return;
    // Its message may be on its way: the marks are read when it does not come, or cannot.
    const isOnItsWay = isLoaded && listening.unbroken !== undefined && awaited !== version;
    awaited = version;
    if (!isOnItsWay) await load(version);
  }

  const next = (): void => {
    void look()
      // A store that does not answer is logged by itself.
      .catch(
        (error: unknown) =>
          void (
            error instanceof StateUnavailable ||
            log.error({ err: error }, 'marks of ended sessions cannot be read')
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
      table.requireRoomFor(mark);
      const version = mintOpaque();
      // Stored before it is published: a process that starts in between reads it.
      await store.setAdd(bucketOf(mark[0]), JSON.stringify(mark), ttlMs);
      await store.set(versionKey, version, ttlMs);
      table.apply(mark);
      table.heard(version);
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
