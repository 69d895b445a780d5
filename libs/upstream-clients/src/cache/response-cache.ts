import { LruCache } from '@bff/service-kit';
import type { CacheEntry } from './cache-entry.ts';

/** Estimated bytes of an entry beside its value: keys, header fields, map slot. */
const overheadBytes = 1_024;
/**
 * Size of parsed JSON relative to its text: 1.2 to 1.5 was measured, and separately allocated strings take
 * more.
 */
const weightOfText = 2;
/** Largest part of the cache for one owner: a client that pages without end evicts only its own entries. */
const ownerShare = 1 / 64;
/** Maximum number of entries per owner, because they are searched linearly. */
const maxOwnerEntries = 256;

interface Held {
  readonly resource: string;
  readonly entry: CacheEntry<unknown>;
}

/** The entries of one owner, oldest first. Never changed in place. */
type Entries = readonly Held[];

const none: Entries = [];

/**
 * Cache entries by owner and resource, in memory, bounded by their estimated bytes. Evicts the least recently
 * used owner first. While other owners are stored, no owner's data stays longer than twice the longest
 * storage time.
 */
export class ResponseCache {
  readonly #share: number;
  readonly #owners: LruCache<Entries>;

  constructor(maxBytes: number) {
    this.#share = maxBytes * ownerShare;
    this.#owners = new LruCache(maxBytes, { weigh: weightOfAll, keepUntil: longestKept });
  }

  /** Estimated bytes of all entries. */
  get bytes(): number {
    return this.#owners.weight;
  }

  get(owner: string, resource: string): CacheEntry<unknown> | undefined {
    return entryFor(resource, this.#owners.get(owner) ?? none);
  }

  /** Stores an entry, unless the existing one belongs to a later request. */
  set(owner: string, resource: string, entry: CacheEntry<unknown>, now: number): void {
    this.#owners.expire(now);
    const entries = this.#owners.get(owner) ?? none;
    const before = entryFor(resource, entries);
    if (before && before.askedAt > entry.askedAt) return;
    if (weightOf(entry) > this.#share) return this.delete(owner, resource);
    const held = { resource, entry };
    const others = before ? without(resource, entries) : entries;
    this.#owners.set(owner, others.length > 0 ? this.#newest([...others, held]) : [held]);
  }

  delete(owner: string, resource: string): void {
    const entries = this.#owners.get(owner);
    if (!entries) return;
    const others = without(resource, entries);
    if (others.length > 0) this.#owners.set(owner, others);
    else this.#owners.delete(owner);
  }

  /** Returns the newest entries that fit into one owner's share. */
  #newest(entries: Entries): Entries {
    let bytes = 0;
    const excess = entries.findLastIndex(({ entry }) => (bytes += weightOf(entry)) > this.#share);
    // Copies the array even if all entries fit: an array made by a spread has capacity for 17 elements, and
    // most owners have one or two entries.
    return entries.slice(Math.max(excess + 1, entries.length - maxOwnerEntries));
  }
}

const entryFor = (resource: string, entries: Entries): CacheEntry<unknown> | undefined =>
  entries.find((held) => held.resource === resource)?.entry;

const without = (resource: string, entries: Entries): Entries =>
  entries.filter((held) => held.resource !== resource);

const weightOf = ({ bytes }: CacheEntry<unknown>): number => overheadBytes + weightOfText * bytes;

const weightOfAll = (entries: Entries): number =>
  entries.reduce((bytes, { entry }) => bytes + weightOf(entry), 0);

const longestKept = (entries: Entries): number =>
  entries.reduce((latest, { entry }) => Math.max(latest, entry.keepUntil), -Infinity);
