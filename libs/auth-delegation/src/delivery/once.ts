import type { StateKey, StateStore } from '@bff/service-kit';
import { TokenRefused } from '../jwt/token-refused.ts';

export interface OnceOptions {
  /** Identifies the message. */
  readonly key: StateKey;
  readonly store: StateStore;
  /** Milliseconds for which a processed message is remembered. */
  readonly rememberMs: number;
  readonly act: () => Promise<unknown>;
}

/**
 * Milliseconds for which a message is reserved while it is processed. If this process crashes halfway, the
 * sender can retry when the reservation has expired.
 */
const attemptMs = 10_000;

/**
 * Calls `act` once for each message; a failed call may be repeated.
 * @throws {TokenRefused} `replayed`
 * @throws {StateUnavailable}
 */
export async function once({ key, store, rememberMs, act }: OnceOptions): Promise<void> {
  if (!(await store.add(key, '', attemptMs))) throw new TokenRefused('replayed');
  try {
    await act();
  } catch (error) {
    // Allows the sender to send the failed message again with the same token. If this deletion fails too, the
    // key expires soon.
    await store.delete(key).catch(() => false);
    throw error;
  }
  await store.set(key, '', rememberMs);
}
