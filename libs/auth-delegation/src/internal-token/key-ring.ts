import type { Now } from '../time.ts';
import {
  InvalidInternalKeys,
  parseInternalKeys,
  type InternalKeys,
  type PublicJwk,
  type SigningKeys,
} from './internal-keys.ts';

export interface KeyRingOptions {
  readonly keys: InternalKeys;
  /** Milliseconds for which a new key is published before it signs. */
  readonly announceMs: number;
  /** Milliseconds for which a key stays published after it last signed; at least the lifetime of a token. */
  readonly retainMs: number;
  readonly now: Now;
}

interface Retired {
  readonly jwk: PublicJwk;
  readonly until: number;
}

/**
 * Holds the signing keys and rotates them at run time without causing rejected tokens. A new key is published
 * first, and signs only when every verifier could have fetched it. The old key stays published until its last
 * token has expired.
 */
export class KeyRing {
  readonly #options: KeyRingOptions;
  #active: SigningKeys;
  #next: { readonly keys: SigningKeys; readonly from: number } | undefined;
  #retired: readonly Retired[] = [];

  /** @throws {InvalidInternalKeys} */
  constructor(options: KeyRingOptions) {
    this.#options = options;
    this.#active = parseInternalKeys(options.keys);
  }

  /** The key that signs at this time. */
  get signer(): SigningKeys {
    if (this.#next && this.#options.now() >= this.#next.from) this.#activate(this.#next.keys);
    return this.#active;
  }

  /** Public keys of all tokens that may still be valid, and of the next signer. */
  get published(): readonly PublicJwk[] {
    const now = this.#options.now();
    const all = [...this.signer.published, ...(this.#next?.keys.published ?? [])];
    for (const { jwk, until } of this.#retired) if (until > now) all.push(jwk);
    return all.filter((jwk, index) => all.findIndex(({ kid }) => kid === jwk.kid) === index);
  }

  /**
   * Replaces the keys.
   * @throws {InvalidInternalKeys} also when a kid is reused for another key, because verifiers cache the old
   * key under that kid
   */
  rotate(given: InternalKeys): void {
    const keys = parseInternalKeys(given);
    const published = this.published;
    for (const { kid, x } of keys.published)
      if (published.some((known) => known.kid === kid && known.x !== x))
        throw new InvalidInternalKeys('a new internal key needs a new kid');
    const known = keys.alg !== 'ES256' || published.some(({ kid }) => kid === keys.kid);
    if (known || this.#active.alg !== 'ES256') this.#activate(keys);
    else this.#next = { keys, from: this.#options.now() + this.#options.announceMs };
  }

  #activate(keys: SigningKeys): void {
    const until = this.#options.now() + this.#options.retainMs;
    const leaving = this.#active.published.map((jwk) => ({ jwk, until }));
    this.#retired = [...leaving, ...this.#retired.filter((old) => old.until > this.#options.now())];
    this.#active = keys;
    this.#next = undefined;
  }
}
