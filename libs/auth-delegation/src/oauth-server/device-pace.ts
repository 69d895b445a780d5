import { preTenantKey, type StateStore } from '@bff/service-kit';
import type { Now } from '../time.ts';

interface Pace {
  readonly intervalMs: number;
  /** Epoch milliseconds. */
  readonly lastPoll: number;
}

/** RFC 8628, section 3.5: what `slow_down` adds to the interval. */
const stepMs = 5_000;
/** Timers of clients and the way through the network are not exact. */
const leewayMs = 250;

/** How often a device may ask. */
export function createDevicePace(store: StateStore, intervalMs: number, ttlMs: number, now: Now) {
  return {
    /** Counts a poll. True when it came too early, and then the device has to wait longer from now on. */
    async tooFast(hash: string): Promise<boolean> {
      const key = preTenantKey('device', 'pace', hash);
      const bytes = await store.get(key);
      const before = bytes && (JSON.parse(bytes.toString()) as Pace);
      const tooFast = before !== undefined && now() - before.lastPoll < before.intervalMs - leewayMs;
      const current = before?.intervalMs ?? intervalMs;
      const pace: Pace = { intervalMs: tooFast ? current + stepMs : current, lastPoll: now() };
      await store.set(key, JSON.stringify(pace), ttlMs);
      return tooFast;
    },
  };
}
