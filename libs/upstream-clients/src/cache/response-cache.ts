import { RecentlyUsed } from '@bff/service-kit';
import type { CachedCopy } from './cached-copy.ts';

/** Estimated bytes of an entry beside its value: keys, header fields, map slot. */
const overheadBytes = 1_024;
/**
 * Size of parsed JSON relative to its text: 1.2 to 1.5 was measured, and separately allocated strings take
 * more.
 */
const weightOfText = 2;
/** Largest part of the cache for one owner: a client that pages without end evicts only its own entries. */
const ownerShare = 1 / 64;
/** Most entries of one owner, which are searched linearly. */
const ownerCopies = 256;

interface Held {
  readonly resource: string;
  readonly copy: CachedCopy<unknown>;
}

/** The entries of one owner, oldest first. Never changed in place. */
type Copies = readonly Held[];

const none: Copies = [];

/**
 * Cache entries by owner and resource, in memory, bounded by their estimated bytes. Evicts the least recently
 * used owner first. While other owners are stored, no owner's data stays longer than twice the longest
 * storage time.
 */
export class ResponseCache {
  readonly #share: number;
  readonly #owners: RecentlyUsed<Copies>;

  constructor(maxBytes: number) {
    this.#share = maxBytes * ownerShare;
    this.#owners = new RecentlyUsed(maxBytes, { weigh: weightOfAll, keepUntil: longestKept });
  }

  /** Estimated bytes of all entries. */
  get bytes(): number {
    return this.#owners.weight;
  }

  get(owner: string, resource: string): CachedCopy<unknown> | undefined {
    return copyFor(resource, this.#owners.get(owner) ?? none);
  }

  /** Stores an entry, unless the existing one belongs to a later request. */
  set(owner: string, resource: string, copy: CachedCopy<unknown>, now: number): void {
    this.#owners.expire(now);
    const copies = this.#owners.get(owner) ?? none;
    const before = copyFor(resource, copies);
    if (before && before.askedAt > copy.askedAt) return;
    if (weightOf(copy) > this.#share) return this.delete(owner, resource);
    const held = { resource, copy };
    const others = before ? without(resource, copies) : copies;
    this.#owners.set(owner, others.length > 0 ? this.#newest([...others, held]) : [held]);
  }

  delete(owner: string, resource: string): void {
    const copies = this.#owners.get(owner);
    if (!copies) return;
    const others = without(resource, copies);
    if (others.length > 0) this.#owners.set(owner, others);
    else this.#owners.delete(owner);
  }

  /** Returns the newest entries that fit into one owner's share. */
  #newest(copies: Copies): Copies {
    let bytes = 0;
    const excess = copies.findLastIndex(({ copy }) => (bytes += weightOf(copy)) > this.#share);
    // Also slices from 0: a spread array has capacity for 17 elements, and most owners have one or two
    // entries.
    return copies.slice(Math.max(excess + 1, copies.length - ownerCopies));
  }
}

const copyFor = (resource: string, copies: Copies): CachedCopy<unknown> | undefined =>
  copies.find((held) => held.resource === resource)?.copy;

const without = (resource: string, copies: Copies): Copies =>
  copies.filter((held) => held.resource !== resource);

const weightOf = ({ bytes }: CachedCopy<unknown>): number => overheadBytes + weightOfText * bytes;

const weightOfAll = (copies: Copies): number => copies.reduce((bytes, { copy }) => bytes + weightOf(copy), 0);

const longestKept = (copies: Copies): number =>
  copies.reduce((latest, { copy }) => Math.max(latest, copy.keepUntil), -Infinity);
