import type { IncomingMessage } from 'node:http';
import type { TenantId } from '../core/ids.ts';

/** Of each of the two generations. */
const maxKnown = 10_000;
/** Of them, of one tenant, which then pushes out its own: somebody may vary what nobody looks at, such as another cookie. */
const maxOfOne = maxKnown / 2;
/** Characters looked at; tokens and session cookies differ in the first ones. */
const longest = 1_024;

/**
 * Whose credentials were seen lately: a guess at the tenant of a request before it has been authenticated, good for nothing
 * but the choice of a line and of whose room it takes. Neither a credential nor anything it could be found from is kept: 32 bits, with a seed of this
 * process, so that nobody can make one up that falls into another tenant's line.
 */
export class CredentialOwners {
  readonly #seed = Math.floor(Math.random() * 2 ** 32);
  #young = new Map<number, TenantId>();
  #old = new Map<number, TenantId>();
  /** Of the young one, by tenant, the oldest first. */
  #printsOf = new Map<TenantId, Set<number>>();

  /** Undefined: a stranger. */
  guess(request: IncomingMessage): TenantId | undefined {
    const print = this.#printOf(request);
    return print === undefined ? undefined : (this.#young.get(print) ?? this.#old.get(print));
  }

  learn(request: IncomingMessage, tenant: TenantId): void {
    const print = this.#printOf(request);
    if (print === undefined || this.#young.get(print) === tenant) return;
    if (this.#young.size >= maxKnown) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#printsOf = new Map();
    }
    const prints = this.#printsOf.get(tenant) ?? new Set();
    this.#printsOf.set(tenant, prints);
    const [oldest] = prints;
    if (prints.size >= maxOfOne && oldest !== undefined) {
      prints.delete(oldest);
      if (this.#young.get(oldest) === tenant) this.#young.delete(oldest);
    }
    prints.add(print);
    this.#young.set(print, tenant);
  }

  /** FNV-1a: a tenth of a microsecond. */
  #printOf({ headers }: IncomingMessage): number | undefined {
    const credential = headers.authorization ?? headers.cookie;
    if (credential === undefined) return undefined;
    let print = this.#seed;
    for (let i = Math.min(credential.length, longest); i-- > 0;)
      print = Math.imul(print ^ credential.charCodeAt(i), 16_777_619);
    return print;
  }
}
