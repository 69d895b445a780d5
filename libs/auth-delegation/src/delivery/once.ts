import type { StateKey, StateStore } from '@bff/service-kit';
import { TokenRefused } from '../jwt/token-refused.ts';

export interface OnceOptions {
  /** Of the message. */
  readonly key: StateKey;
  readonly store: StateStore;
  /** Milliseconds for which the message is known as done. */
  readonly rememberMs: number;
  readonly act: () => Promise<unknown>;
}

/** Should we fail in the middle, the sender's next attempt is no replay after this. Milliseconds. */
const attemptMs = 10_000;

/** Does `act` once for each message. @throws {TokenRefused} `replayed` @throws {StateUnavailable} */
export async function once({ key, store, rememberMs, act }: OnceOptions): Promise<void> {
  if (!(await store.add(key, '', attemptMs))) throw new TokenRefused('replayed');
  try {
    await act();
  } catch (error) {
    // What failed may be repeated with the same token; should even this fail, the short time to live does it.
    await store.delete(key).catch(() => false);
    throw error;
  }
  await store.set(key, '', rememberMs);
}
