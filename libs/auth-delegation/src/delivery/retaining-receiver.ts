import { StateUnavailable, type Logger } from '@bff/service-kit';
import { TokenRefused } from '../jwt/token-refused.ts';
import { ProviderUnavailable } from '../provider/provider-unavailable.ts';
import type { Now } from '../time.ts';

/** Receives signed messages that are sent once, and loses none that may be good. */
export interface RetainingReceiver {
  /**
   * Does what the token asks for.
   *
   * @throws {TokenRefused} for good, or with `unknown-key`: the token is judged again when the keys were fetched
   * @throws {ProviderUnavailable} or {StateUnavailable}: it is judged, or carried out, as soon as they answer
   */
  receive(token: string): Promise<void>;
  /** Resolves when all that is pending was tried once more, which is the last time. */
  close(): Promise<void>;
}

export interface RetainingReceiverOptions<T> {
  /** For logs, such as `logout token`. */
  readonly name: string;
  /** @throws {TokenRefused} {ProviderUnavailable} */
  readonly verify: (token: string, now: Now) => Promise<T>;
  /** Whether a token that cannot be verified yet says that it is meant for us. */
  readonly mayBeForUs: (token: string) => boolean;
  /** Once for each message. @throws {StateUnavailable} */
  readonly actOnce: (message: T) => Promise<void>;
  /** As `actOnce`, whatever was noted of the message before. @throws {StateUnavailable} */
  readonly act: (message: T) => Promise<unknown>;
  /** More are dropped, the oldest first. Default 1,000. */
  readonly maxPending?: number;
  readonly log: Logger;
  readonly now: Now;
}

/** A token that could not be verified yet, or a message that could not be carried out. */
type Pending<T> = { readonly receivedAt: number } & ({ readonly token: string } | { readonly message: T });

/** Milliseconds after which a token whose key never appeared is dropped. */
const longestWaitMs = 1_800_000;
const firstDelayMs = 500;
const longestDelayMs = 15_000;

/** Resolves for what is done or refused for good. */
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

  /** What is still pending afterwards. */
  async function attempt(one: Pending<T>): Promise<Pending<T> | undefined> {
    try {
      // Its dates are judged by when it came.
      const { receivedAt } = one;
      const message = 'message' in one ? one.message : await verify(one.token, () => receivedAt);
      try {
        // One that failed half-way may have left a mark that it was done; ending sessions twice does no harm.
        await ('message' in one ? act(message) : actOnce(message));
      } catch (error) {
        if (error instanceof StateUnavailable) return { receivedAt, message };
        throw error;
      }
      log.info(`a ${name} was carried out late`);
      return undefined;
    } catch (error) {
      if (mayBecomeGood(error) && now() - one.receivedAt < longestWaitMs) return one;
      const reason = error instanceof TokenRefused ? error.code : 'error';
      log.warn({ reason }, `a ${name} that was kept is dropped`);
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
