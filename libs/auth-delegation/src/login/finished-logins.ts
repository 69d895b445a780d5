import { createHash, randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { preTenantKey, type StateStore } from '@bff/service-kit';
import { digest, digestOf } from '../opaque.ts';
import { ProviderUnavailable } from '../provider/provider-unavailable.ts';
import type { Now } from '../time.ts';
import type { LoginInFlight } from './relying-party.ts';
import { createSeal, type Seal } from './seal.ts';

/**
 * Result of finishing a login. Only a final result is stored; after any other result the login may be tried
 * again.
 */
export interface Finished<Result extends object> {
  readonly result: Result;
  readonly isFinal: boolean;
}

/**
 * Stores finished logins for a minute, so that a callback that is reloaded redirects to the same page (F72).
 */
export interface FinishedLogins {
  /**
   * Finishes a login once, even if its callback arrives several times at once on several replicas; all calls
   * get the same result. The stored result is sealed with a key derived from the code verifier, which is only
   * in the cookie of the browser that began the login.
   * @throws {StateUnavailable} before `finish` is called, so that the code is not used up
   * @throws {ProviderUnavailable} when another call for this login does not finish within 20 seconds
   */
  once<Result extends object>(login: LoginInFlight, finish: () => Promise<Finished<Result>>): Promise<Result>;
  /** Stores the path that the login with this state redirected to, for the session that it created. */
  keepLanding(state: string, sessionId: string, returnTo: string): Promise<void>;
  findLanding(state: string, sessionId: string): Promise<string | undefined>;
}

const rememberMs = 60_000;
/**
 * Lifetime of the lock in milliseconds: longer than discovery, exchange and session creation take together.
 */
const busyMs = 20_000;
const pollMs = 50;
/**
 * Maximum sealed length in characters: more than an address, a renewal token and the provider's refresh token
 * need together.
 */
const maxLength = 524_288;
const purpose = 'finished login';

export function createFinishedLogins(store: StateStore, now: Now = Date.now): FinishedLogins {
  const sealFrom = (secret: string): Seal =>
    createSeal([createHash('sha256').update(`finished ${secret}`).digest()], { maxLength, now });
  const sealed = (secret: string, value: object): string =>
    sealFrom(secret).seal(value, purpose, rememberMs / 1000);
  const landingKey = (state: string, sessionId: string) =>
    preTenantKey('login', 'landing', digestOf(state, sessionId));

  return {
    async once<Result extends object>(
      { codeVerifier }: LoginInFlight,
      finish: () => Promise<Finished<Result>>,
    ): Promise<Result> {
      const key = preTenantKey('login', 'finished', digest(codeVerifier));
      const owner = randomBytes(12).toString('base64url');
      const giveUpAt = performance.now() + busyMs;
      while (!(await store.add(key, owner, busyMs))) {
        const text = (await store.get(key))?.toString();
        const known = text === undefined ? undefined : sealFrom(codeVerifier).open(text, purpose);
        if (known) return known as Result;
        if (performance.now() > giveUpAt) throw new ProviderUnavailable('a login is being finished');
        await setTimeout(pollMs);
      }
      let finished: Finished<Result> | undefined;
      try {
        finished = await finish();
        return finished.result;
      } finally {
        // If the store is down, the login is finished nevertheless; only a reload fails.
        await (
          finished?.isFinal
            ? store.replaceIf(key, owner, sealed(codeVerifier, finished.result), rememberMs)
            : store.deleteIf(key, owner)
        ).catch(() => false);
      }
    },

    async keepLanding(state, sessionId, returnTo) {
      await store
        .set(landingKey(state, sessionId), sealed(state, { returnTo }), rememberMs)
        .catch(() => undefined);
    },

    async findLanding(state, sessionId) {
      const text = await store.get(landingKey(state, sessionId));
      const found = text && sealFrom(state).open(text.toString(), purpose);
      return (found as { readonly returnTo: string } | undefined)?.returnTo;
    },
  };
}
