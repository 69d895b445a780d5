import { RecentlyUsed } from '@bff/service-kit';
import type { CachedCopy } from './cached-copy.ts';

/** What a copy weighs beside its value: keys, fields, its place. */
const overheadBytes = 1_024;
/** Parsed JSON against its text: 1.2 to 1.5 was measured, and strings of their own take more. */
const weightOfText = 2;
/** One owner gets no more than this part of it: who turns pages for ever pushes out only its own. */
const ownerShare = 1 / 64;
/** And no more copies than this, as they are looked through one by one. */
const ownerCopies = 256;

interface Held {
  readonly resource: string;
  readonly copy: CachedCopy<unknown>;
}

/** One owner's, the oldest first. Never changed in place. */
type Copies = readonly Held[];

const none: Copies = [];

/**
 * Copies by owner and resource, in memory, bounded by the estimated bytes of all. Which owner was not used lately goes first,
 * and, as others come, nobody's data stays longer than twice the longest time for which copies are kept.
 */
export class ResponseCache {
  readonly #share: number;
  readonly #owners: RecentlyUsed<Copies>;

  constructor(maxBytes: number) {
    this.#share = maxBytes * ownerShare;
    this.#owners = new RecentlyUsed(maxBytes, { weigh: weightOfAll, keepUntil: longestKept });
  }

  /** Estimated. */
  get bytes(): number {
    return this.#owners.weight;
  }

  get(owner: string, resource: string): CachedCopy<unknown> | undefined {
    return copyFor(resource, this.#owners.get(owner) ?? none);
  }

  /** Takes the place of an older copy, and not of one that was asked for later. */
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

  /** As many as one owner may have. */
  #newest(copies: Copies): Copies {
    let bytes = 0;
    const excess = copies.findLastIndex(({ copy }) => (bytes += weightOf(copy)) > this.#share);
    // Even from the first: one that was spread has room for 17, and most owners have one or two.
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
