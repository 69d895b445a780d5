import { StateUnavailable, type Logger } from '@bff/service-kit';
import { TokenRefused } from '../jwt/token-refused.ts';
import { ProviderUnavailable } from '../provider/provider-unavailable.ts';
import { type Now } from '../time.ts';
import {
  actOnce,
  mayBeForUs,
  verifiedLogout,
  type Logout,
  type LogoutAction,
  type LogoutTokenRules,
} from './logout-token.ts';

/** Receives logout tokens, and loses none that may be good: a provider sends each of them once. */
export interface LogoutReceiver {
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

export interface LogoutReceiverOptions {
  readonly rules: LogoutTokenRules;
  readonly act: LogoutAction;
  readonly log: Logger;
}

/** A token that could not be verified yet, or a logout that could not be carried out. */
type Pending = { readonly receivedAt: number } & ({ readonly token: string } | { readonly logout: Logout });

/** More are dropped, the oldest first: sessions are confirmed at the provider anyway. */
const maxPending = 1_000;
/** Milliseconds after which a token whose key never appeared is dropped. */
const longestWaitMs = 1_800_000;
const firstDelayMs = 500;
const longestDelayMs = 15_000;

/** Resolves for what is done or refused for good. */
export function createLogoutReceiver({ rules, act, log }: LogoutReceiverOptions): LogoutReceiver {
  let pending: Pending[] = [];
  let delayMs = firstDelayMs;
  let timer: NodeJS.Timeout | undefined;

  function keep(one: Pending): void {
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
  async function attempt(one: Pending): Promise<Pending | undefined> {
    try {
      // Its dates are judged by when it came.
      const { receivedAt } = one;
      const logout = 'logout' in one ? one.logout : await verified(one.token, () => receivedAt);
      try {
        // One that failed half-way may have left a mark that it was done; ending sessions twice does no harm.
        await ('logout' in one ? act(logout) : actOnce(logout, rules, act));
      } catch (error) {
        if (error instanceof StateUnavailable) return { receivedAt, logout };
        throw error;
      }
      log.info('a logout token was carried out late');
      return undefined;
    } catch (error) {
      if (mayBecomeGood(error) && rules.now() - one.receivedAt < longestWaitMs) return one;
      const reason = error instanceof TokenRefused ? error.code : 'error';
      log.warn({ reason }, 'a logout token that was kept is dropped');
      return undefined;
    }
  }

  const verified = (token: string, now: Now): Promise<Logout> => verifiedLogout(token, { ...rules, now });

  return {
    async receive(token) {
      const receivedAt = rules.now();
      let logout: Logout;
      try {
        logout = await verified(token, rules.now);
      } catch (error) {
        if (mayBecomeGood(error) && mayBeForUs(token, rules)) keep({ receivedAt, token });
        throw error;
      }
      try {
        await actOnce(logout, rules, act);
      } catch (error) {
        if (error instanceof StateUnavailable) keep({ receivedAt, logout });
        throw error;
      }
    },

    async close() {
      clearTimeout(timer);
      if (pending.length > 0) await retry();
      clearTimeout(timer);
      if (pending.length > 0) log.warn({ count: pending.length }, 'logout tokens could not be carried out');
    },
  };
}

const mayBecomeGood = (error: unknown): boolean =>
  error instanceof ProviderUnavailable || (error instanceof TokenRefused && error.code === 'unknown-key');
