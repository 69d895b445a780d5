import { StateUnavailable, type Logger } from '@bff/service-kit';
import { TokenRefused } from '../jwt/token-refused.ts';
import { ProviderUnavailable } from '../provider/provider-unavailable.ts';
import type { Now } from '../time.ts';

/**
 * Receives signed messages that are sent only once, and retains those that cannot be verified or processed
 * yet.
 */
export interface RetainingReceiver {
  /**
   * Verifies the token and carries out its message.
   * @throws {TokenRefused} when the token is invalid; with `unknown-key` it is retained and verified again
   * later
   * @throws {ProviderUnavailable} or {StateUnavailable}: the token is retained and retried
   */
  receive(token: string): Promise<void>;
  /** Tries all pending messages one last time, then resolves. */
  close(): Promise<void>;
}

export interface RetainingReceiverOptions<T> {
  /** Name for logs, such as `logout token`. */
  readonly name: string;
  /** Verifies a token. @throws {TokenRefused} {ProviderUnavailable} */
  readonly verify: (token: string, now: Now) => Promise<T>;
  /** Returns whether a token claims to be for us, before it can be verified. */
  readonly mayBeForUs: (token: string) => boolean;
  /** Carries out a message once. @throws {StateUnavailable} */
  readonly actOnce: (message: T) => Promise<void>;
  /** Carries out a message, even if it was recorded as done. @throws {StateUnavailable} */
  readonly act: (message: T) => Promise<unknown>;
  /** Maximum number of pending messages; the oldest are dropped. default 1000 */
  readonly maxPending?: number;
  readonly log: Logger;
  readonly now: Now;
}

/** A token that could not be verified yet, or a message that could not be carried out. */
type Pending<T> = { readonly receivedAt: number } & ({ readonly token: string } | { readonly message: T });

/** Milliseconds after which a token that still cannot be verified is dropped. */
const maxWaitMs = 1_800_000;
const firstDelayMs = 500;
const longestDelayMs = 15_000;

/** Creates a receiver whose `receive` resolves when the message has been carried out. */
export function createRetainingReceiver<T>(options: RetainingReceiverOptions<T>): RetainingReceiver {
  const { name, verify, mayBeForUs, actOnce, act, maxPending = 1_000, log, now } = options;
  let pending: Pending<T>[] = [];
  let delayMs = firstDelayMs;
  let timer: NodeJS.Timeout | undefined;

  function keep(one: Pending<T>): void {
    pending.push(one);
    if (pending.length > maxPending) pending.shift();
    schedule();
  }

  function schedule(): void {
    if (pending.length === 0) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      void retry();
    }, delayMs).unref();
  }

  async function retry(): Promise<void> {
    const taken = pending;
    pending = [];
    const left = await Promise.all(taken.map(attempt));
    pending = [...left.flatMap((one) => one ?? []), ...pending];
    delayMs = pending.length === 0 ? firstDelayMs : Math.min(longestDelayMs, 2 * delayMs);
    schedule();
  }

  /** Retries one message. Returns it if it has to stay pending. */
  async function attempt(one: Pending<T>): Promise<Pending<T> | undefined> {
    try {
      // The token's dates are checked against its time of arrival, because it may expire while it is
      // retained.
      const { receivedAt } = one;
      const message = 'message' in one ? one.message : await verify(one.token, () => receivedAt);
      try {
        // A failed attempt may have recorded a message as done, and `actOnce` would then reject the message.
        // `act` does not check that record, and ending sessions twice does no harm.
        await ('message' in one ? act(message) : actOnce(message));
      } catch (error) {
        if (error instanceof StateUnavailable) return { receivedAt, message };
        throw error;
      }
      log.info(`a ${name} was carried out late`);
      return undefined;
    } catch (error) {
      if (mayBecomeGood(error) && now() - one.receivedAt < maxWaitMs) return one;
      const reason = error instanceof TokenRefused ? error.code : 'error';
      log.warn({ reason }, `a retained ${name} was dropped`);
      return undefined;
    }
  }

  return {
    async receive(token) {
      const receivedAt = now();
      let message: T;
      try {
        message = await verify(token, now);
      } catch (error) {
        if (mayBecomeGood(error) && mayBeForUs(token)) keep({ receivedAt, token });
        throw error;
      }
      try {
        await actOnce(message);
      } catch (error) {
        if (error instanceof StateUnavailable) keep({ receivedAt, message });
        throw error;
      }
    },

    async close() {
      clearTimeout(timer);
      if (pending.length > 0) await retry();
      clearTimeout(timer);
      if (pending.length > 0) log.warn({ count: pending.length }, `${name}s could not be carried out`);
    },
  };
}

const mayBecomeGood = (error: unknown): boolean =>
  error instanceof ProviderUnavailable || (error instanceof TokenRefused && error.code === 'unknown-key');
