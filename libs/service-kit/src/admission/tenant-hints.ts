import type { IncomingMessage } from 'node:http';
import type { TenantId } from '../core/ids.ts';

/**
 * Maximum entries of a generation. A full young generation replaces the old one, whose entries are dropped.
 */
const maxKnown = 10_000;
/**
 * Maximum entries of one tenant; further ones evict its own oldest entry. A client can vary the hashed header
 * at will, for example by an unused cookie, and could otherwise evict the entries of other tenants.
 */
const maxOfOne = maxKnown / 2;
/** Maximum characters that are hashed; tokens and session cookies differ within them. */
const longest = 1_024;

/**
 * Guesses the tenant of a request before authentication, from credentials of earlier requests. The guess
 * only chooses the queue and the tenant whose capacity is used. Only 32 bits of a hash are stored, from which
 * no credential can be recovered. The hash has a random seed, so that nobody can forge a credential that
 * falls into the queue of another tenant.
 */
export class TenantHints {
  readonly #seed = Math.floor(Math.random() * 2 ** 32);
  #young = new Map<number, TenantId>();
  #old = new Map<number, TenantId>();
  /** Hashes of the young generation by tenant, the oldest first. */
  #printsOf = new Map<TenantId, Set<number>>();

  /** Returns undefined when the credential is unknown; the request then counts as unauthenticated. */
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

  /** Hashes with FNV-1a, which takes 0.1 us. */
  #printOf({ headers }: IncomingMessage): number | undefined {
    const credential = headers.authorization ?? headers.cookie;
    if (credential === undefined) return undefined;
    let print = this.#seed;
    for (let i = Math.min(credential.length, longest); i-- > 0;)
      print = Math.imul(print ^ credential.charCodeAt(i), 16_777_619);
    return print;
  }
}
