import type { SyncReply, WriteInit } from '@bff/diff-sync/client';
import { pick, type Random } from './random.ts';

/** One request over the link. */
export interface Exchange {
  readonly status: number;
  /** Of the body. */
  readonly bytes: number;
  readonly reset: string | null;
  /** The server has done its work, and the device never hears of it. */
  readonly lost: boolean;
}

export type Weather = 'good' | 'poor' | 'offline';

export interface FlakyLink {
  /** As a device's `fetch`: rejects when there is no network, and when an answer is lost. */
  fetch(url: string, init: Partial<WriteInit>): Promise<SyncReply>;
  /** What went over it since it was last asked. */
  exchanges(): Exchange[];
  readonly weather: Weather;
  /** Time passes. A link that is well stays well for a while, one that is gone stays gone. */
  next(): void;
  /** From now on everything arrives. */
  heal(): void;
}

const phases: Readonly<Record<Weather, readonly Weather[]>> = {
  good: ['good', 'good', 'good', 'poor', 'offline'],
  poor: ['good', 'poor', 'poor', 'offline'],
  offline: ['good', 'good', 'poor', 'offline'],
};
/** Of ten answers over a poor link. */
const lostOfTen = 4;
const delayMs: Readonly<Record<Weather, number>> = { good: 5, poor: 40, offline: 0 };

export interface Chance {
  /** How the weather turns, by itself: so it is the same whatever is sent. */
  readonly weather: Random;
  /** What becomes of each request. */
  readonly fate: Random;
}

/** @param pause waits so many milliseconds */
export function createFlakyLink(chance: Chance, pause: (ms: number) => Promise<unknown>): FlakyLink {
  let weather: Weather = 'good';
  let passed: Exchange[] = [];

  return {
    async fetch(url, init) {
      if (weather === 'offline') throw new TypeError('no network');
      await pause(chance.fate(delayMs[weather]));
      // Uncoded, so that bytes can be compared with those of a view.
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
