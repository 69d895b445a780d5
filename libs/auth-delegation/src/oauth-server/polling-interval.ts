import { preTenantKey, type StateStore } from '@bff/service-kit';
import type { Now } from '../time.ts';

interface Polling {
  readonly intervalMs: number;
  /** Time of the last poll, in milliseconds since 1970. */
  readonly lastPoll: number;
}

/** Milliseconds that `slow_down` adds to the interval (RFC 8628, section 3.5). */
const stepMs = 5_000;
/** Tolerance in milliseconds for clients' timers and network jitter. */
const leewayMs = 250;

/** Creates the check of polling intervals. */
export function createPollingInterval(store: StateStore, intervalMs: number, ttlMs: number, now: Now) {
  return {
    /** Counts a poll. Resolves to true if it came too early; the interval of the device then grows. */
    async isTooEarly(hash: string): Promise<boolean> {
      const key = preTenantKey('device', 'pace', hash);
      const bytes = await store.get(key);
      const before = bytes && (JSON.parse(bytes.toString()) as Polling);
      const isTooEarly = before !== undefined && now() - before.lastPoll < before.intervalMs - leewayMs;
      const current = before?.intervalMs ?? intervalMs;
      const polling: Polling = { intervalMs: isTooEarly ? current + stepMs : current, lastPoll: now() };
      await store.set(key, JSON.stringify(polling), ttlMs);
      return isTooEarly;
    },
  };
}
