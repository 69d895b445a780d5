import { createHash, randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { preTenantKey, type StateStore } from '@bff/service-kit';
import { digest, digestOf } from '../opaque.ts';
import { ProviderUnavailable } from '../provider/provider-unavailable.ts';
import type { Now } from '../time.ts';
import type { LoginInFlight } from './relying-party.ts';
import { createSeal, type Seal } from './seal.ts';

/** What finishing a login came to. Only what is final is remembered: anything else may be tried again. */
export interface Finished<Result extends object> {
  readonly result: Result;
  readonly isFinal: boolean;
}

/** Remembers logins for a minute, so that a callback that is loaded again lands where the first one went (F72). */
export interface FinishedLogins {
  /**
   * Finishes a login once, however often and wherever its callback comes at the same time; the others get its result. What is
   * stored is sealed with a key from the code verifier, which only the cookie of the browser that began the login holds.
   *
   * @throws {StateUnavailable} before `finish` is called, so that the code is still good
   * @throws {ProviderUnavailable} when the first one takes longer than any provider may
   */
  once<Result extends object>(login: LoginInFlight, finish: () => Promise<Finished<Result>>): Promise<Result>;
  /** Remembers where the login of this state went, for the session that it began. */
  keepLanding(state: string, sessionId: string, returnTo: string): Promise<void>;
  findLanding(state: string, sessionId: string): Promise<string | undefined>;
}

const rememberMs = 60_000;
/** Longer than discovery, exchange and session take together. */
const busyMs = 20_000;
const pollMs = 50;
/** Longer than any address, renewal token, and refresh token of the provider. */
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
        // Should the store be away by now, the login is finished all the same; only a reload would not know it.
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
