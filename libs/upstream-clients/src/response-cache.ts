import type { CachedCopy } from './cached-copy.ts';
import { RecencyList, type Linked } from './recency-list.ts';

/** What a copy weighs beside its value: keys, fields, its place. */
const overheadBytes = 1_024;
/** Parsed JSON against its text: 1.2 to 1.5 was measured, and strings of their own take more. */
const weightOfText = 2;
/** One owner gets no more than this part of it: who turns pages for ever pushes out only its own. */
const ownerShare = 1 / 64;

interface Owned {
  readonly owner: string;
  /** The oldest first. */
  entries: Entry[];
  bytes: number;
}

interface Entry extends Linked<Entry> {
  readonly key: string;
  readonly owned: Owned;
  copy: CachedCopy<unknown>;
}

/** Copies by key, in memory, bounded by the estimated bytes of all; the least recently used go first. */
export class ResponseCache {
  readonly #maxBytes: number;
  readonly #entries = new Map<string, Entry>();
  readonly #owners = new Map<string, Owned>();
  readonly #byUse = new RecencyList<Entry>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Estimated. */
  get bytes(): number {
    return this.#bytes;
  }

  get(key: string): CachedCopy<unknown> | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#byUse.touch(entry);
    return entry.copy;
  }

  /**
   * Takes the place of an older copy, and not of one that was asked for later. Also drops what is of no use any more,
   * as it comes to the front: nobody's data stays for want of visitors.
   */
  set(owner: string, key: string, copy: CachedCopy<unknown>, now: number): void {
    const before = this.#entries.get(key);
    if (before && before.copy.askedAt > copy.askedAt) return;
    const share = this.#maxBytes * ownerShare;
    if (weightOf(copy) > share) return this.delete(key);
    const entry = before ?? this.#enter(owner, key, copy);
    if (before) this.#weigh(before, -1);
    entry.copy = copy;
    this.#weigh(entry, 1);
    this.#byUse.touch(entry);
    const { owned } = entry;
    while (owned.bytes > share) this.#dropOldest(owned);
    for (let first = this.#byUse.oldest; first && this.#mayGo(first, now); first = this.#byUse.oldest)
      this.delete(first.key);
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    const { owned } = entry;
    this.#entries.delete(key);
    this.#byUse.remove(entry);
    this.#weigh(entry, -1);
    owned.entries.splice(owned.entries.indexOf(entry), 1);
    if (owned.entries.length === 0) this.#owners.delete(owned.owner);
  }

  #enter(owner: string, key: string, copy: CachedCopy<unknown>): Entry {
    const known = this.#owners.get(owner);
    const owned = known ?? { owner, entries: [], bytes: 0 };
    if (!known) this.#owners.set(owner, owned);
    const entry: Entry = { key, owned, copy, older: undefined, newer: undefined };
    // Not push: an array that grows from none takes room for 17, and most owners have one or two.
    owned.entries = [...owned.entries, entry];
    this.#entries.set(key, entry);
    return entry;
  }

  #dropOldest({ entries: [oldest] }: Owned): void {
    if (oldest) this.delete(oldest.key);
  }

  #weigh({ owned, copy }: Entry, sign: 1 | -1): void {
    const weight = sign * weightOf(copy);
    owned.bytes += weight;
    this.#bytes += weight;
  }

  #mayGo({ copy }: Entry, now: number): boolean {
    return this.#bytes > this.#maxBytes || copy.keepUntil <= now;
  }
}

const weightOf = ({ bytes }: CachedCopy<unknown>): number => overheadBytes + weightOfText * bytes;
