import type { SyncReply, WriteInit } from '@bff/diff-sync/client';
import { pick, type Random } from './random.ts';

/** One request over the link. */
export interface Exchange {
  readonly status: number;
  /** Bytes of the body. */
  readonly bytes: number;
  readonly reset: string | null;
  /** Whether the device did not receive the answer, although the server processed the request. */
  readonly lost: boolean;
}

export type LinkState = 'good' | 'poor' | 'offline';

export interface FlakyLink {
  /** Replaces `fetch` on a device. Rejects when there is no network, and when the answer is lost. */
  fetch(url: string, init: Partial<WriteInit>): Promise<SyncReply>;
  /** Returns the requests since the last call. */
  exchanges(): Exchange[];
  readonly weather: LinkState;
  /** Advances by one step. The next state depends on the current one: a good link mostly stays good. */
  next(): void;
  /** Makes every later answer arrive. */
  heal(): void;
}

const phases: Readonly<Record<LinkState, readonly LinkState[]>> = {
  good: ['good', 'good', 'good', 'poor', 'offline'],
  poor: ['good', 'poor', 'poor', 'offline'],
  offline: ['good', 'good', 'poor', 'offline'],
};
/** Number of lost answers in ten over a poor link. */
const lostOfTen = 4;
const delayMs: Readonly<Record<LinkState, number>> = { good: 5, poor: 40, offline: 0 };

export interface Chance {
  /** Decides the states of the link. Separate from `fate`, so that they do not depend on the requests. */
  readonly weather: Random;
  /** Decides the result of each request. */
  readonly fate: Random;
}

/** Creates a link. @param pause waits the given number of milliseconds */
export function createFlakyLink(chance: Chance, pause: (ms: number) => Promise<unknown>): FlakyLink {
  let weather: LinkState = 'good';
  let passed: Exchange[] = [];

  return {
    async fetch(url, init) {
      if (weather === 'offline') throw new TypeError('no network');
      await pause(chance.fate(delayMs[weather]));
      // Requests no content coding, so that the bytes can be compared with the size of a view.
      const response = await fetch(url, {
        ...init,
        headers: { ...init.headers, 'Accept-Encoding': 'identity' },
      });
      const { status, headers } = response;
      const text = await response.text();
      const lost = weather === 'poor' && chance.fate(10) < lostOfTen;
      passed.push({ status, bytes: Buffer.byteLength(text), reset: headers.get('Sync-Reset'), lost });
      if (lost) throw new TypeError('the answer is lost');
      return { status, headers, text: async () => text };
    },
    exchanges() {
      const those = passed;
      passed = [];
      return those;
    },
    get weather() {
      return weather;
    },
    next() {
      weather = pick(chance.weather, phases[weather]) ?? 'good';
    },
    heal() {
      weather = 'good';
    },
  };
}
