import {
  createSyncClient,
  createWriteQueue,
  SyncFailed,
  type JsonObject,
  type Refresh,
} from '@bff/diff-sync/client';
import type { Exchange, FlakyLink, LinkState } from './flaky-link.ts';

export const screens = ['profile', 'home', 'orders', 'notifications', 'preferences'] as const;
export type Screen = (typeof screens)[number];

export type Answer = '304' | '226' | '200' | 'lost' | 'none';

/** Result and cost of one read of a screen. */
export interface Look {
  readonly device: string;
  readonly screen: Screen;
  readonly weather: LinkState;
  readonly answer: Answer;
  /** Why the server could not use the base, or which members the device keeps because a service fails. */
  readonly remark: string;
  /** Bytes of the bodies of all answers, including lost answers. */
  readonly bytes: number;
  /** Bytes saved in comparison with the complete view, minus the bytes of lost answers. */
  readonly saved: number;
  readonly ms: number;
}

export interface Writes {
  readonly applied: number;
  readonly conflicts: number;
  readonly rejected: number;
  readonly waiting: number;
}

export interface Device {
  readonly name: string;
  readonly link: FlakyLink;
  look(screen: Screen): Promise<Look>;
  /** Returns the stored view of a screen. */
  kept(screen: Screen): Promise<JsonObject | undefined>;
  /** Stores the change on the device, and sends it when there is a network. */
  setPreference(name: string, value: string): Promise<void>;
  markRead(notification: string): Promise<void>;
  flush(): Promise<Writes>;
  /** Fetches the view without differential sync. */
  fetchView(screen: Screen): Promise<JsonObject>;
}

/** Creates a device of a logged-in user, which stores everything in the memory of this process. */
export function createDevice(
  name: string,
  link: FlakyLink,
  origin: string,
  headers: Readonly<Record<string, string>>,
): Device {
  const texts = new Map<string, string>();
  const storage = {
    get: async (key: string) => texts.get(key),
    set: async (key: string, text: string) => texts.set(key, text),
    delete: async (key: string) => texts.delete(key),
  };
  const counts = { applied: 0, conflicts: 0, rejected: 0, failed: 0, superseded: 0 };
  const client = createSyncClient({ storage, fetch: link.fetch });
  const queue = createWriteQueue({
    storage,
    fetch: link.fetch,
    settled: ({ kind }) => void counts[kind]++,
    resolve({ write, clashes }) {
      counts.conflicts++;
      return clashes.length === 0 ? write.body : undefined;
    },
  });
  const urlOf = (screen: string): string => `${origin}/api/${screen}`;

  return {
    name,
    link,
    async look(screen) {
      const { weather } = link;
      const begun = performance.now();
      link.exchanges();
      const refresh = await client.refresh(urlOf(screen), { headers }).catch(asNothing);
      const ms = performance.now() - begun;
      return { device: name, screen, weather, ms, ...resultOf(refresh, link.exchanges()) };
    },
    kept: (screen) => client.last(urlOf(screen)),
    setPreference: async (member, value) =>
      void (await queue.patch(urlOf('preferences'), { [member]: value })),
    markRead: async (notification) =>
      void (await queue.send('POST', urlOf(`notifications/${notification}/read`))),
    async flush() {
      // Ends the wait before the next attempt, because rounds are shorter than these waits.
      await queue.retry();
      const { left } = await queue.flush({ headers });
      return { ...counts, waiting: left };
    },
    async fetchView(screen) {
      const response = await fetch(urlOf(screen), { headers: { ...headers } });
      const { _meta, ...view } = (await response.json()) as JsonObject;
      if (!(_meta as JsonObject | undefined)?.['complete'])
        throw new Error(`${screen}: status ${response.status}, degraded`);
      return view;
    },
  };
}

/**
 * Handles a failed sync of a device that has no stored view to fall back to: returns undefined.
 * @throws {Error} when the server rejected the request
 */
function asNothing(error: unknown): undefined {
  if (!(error instanceof SyncFailed) || error.reason === 'refused') throw error;
}

function resultOf(
  refresh: Refresh | undefined,
  exchanges: readonly Exchange[],
): Pick<Look, 'answer' | 'remark' | 'bytes' | 'saved'> {
  const bytes = exchanges.reduce((sum, each) => sum + each.bytes, 0);
  const last = exchanges.at(-1);
  if (!refresh || refresh.outcome === 'kept' || !last)
    return { answer: last ? 'lost' : 'none', remark: '', bytes, saved: 0 - bytes };
  const saved = Buffer.byteLength(JSON.stringify(refresh.view)) - bytes;
  const remark = last.reset ?? (refresh.degraded.length > 0 ? `keeps ${refresh.degraded.join(', ')}` : '');
  const answer = last.status === 304 ? '304' : last.status === 226 ? '226' : '200';
  return { answer, remark, bytes, saved: answer === '200' ? 0 : saved };
}
