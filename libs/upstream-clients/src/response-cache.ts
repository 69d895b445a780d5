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
  readonly target: string;
  readonly copy: CachedCopy<unknown>;
}

/** One owner's, the oldest first. Never changed in place. */
type Copies = readonly Held[];

const none: Copies = [];

class Generation {
  readonly #owners = new Map<string, Copies>();
  bytes = 0;
  /** Nothing in it is of use any longer than this. */
  keepUntil = -Infinity;

  of(owner: string): Copies | undefined {
    return this.#owners.get(owner);
  }

  replace(owner: string, before: Copies, after: Copies): void {
    if (after.length > 0) this.#owners.set(owner, after);
    else this.#owners.delete(owner);
    this.bytes += weightOfAll(after) - weightOfAll(before);
    for (const { copy } of after) this.keepUntil = Math.max(this.keepUntil, copy.keepUntil);
  }
}

/**
 * Copies by owner and target, in memory, bounded by the estimated bytes of all. An owner that is used goes to the younger of
 * two generations. When that is full, or nothing in the older one is of use any more, the older one is dropped whole and the
 * younger takes its place: so who was not used lately goes first, and, as others come, nobody's data stays longer than twice
 * the longest time for which copies are kept.
 */
export class ResponseCache {
  readonly #share: number;
  readonly #full: number;
  #young = new Generation();
  #old = new Generation();

  constructor(maxBytes: number) {
    this.#share = maxBytes * ownerShare;
    // There is room for whatever comes next: no more than one owner's share.
    this.#full = maxBytes / 2 - this.#share;
  }

  /** Estimated. */
  get bytes(): number {
    return this.#young.bytes + this.#old.bytes;
  }

  get(owner: string, target: string): CachedCopy<unknown> | undefined {
    return copyFor(target, this.#use(owner));
  }

  /** Takes the place of an older copy, and not of one that was asked for later. */
  set(owner: string, target: string, copy: CachedCopy<unknown>, now: number): void {
    while (this.bytes > 0 && this.#old.keepUntil <= now) this.#turn();
    const copies = this.#use(owner);
    const before = copyFor(target, copies);
    if (before && before.askedAt > copy.askedAt) return;
    if (weightOf(copy) > this.#share) return this.delete(owner, target);
    const held = { target, copy };
    const others = before ? without(target, copies) : copies;
    const after = others.length > 0 ? this.#newest([...others, held]) : [held];
    this.#young.replace(owner, copies, after);
  }

  delete(owner: string, target: string): void {
    const copies = this.#use(owner);
    if (copies.length > 0) this.#young.replace(owner, copies, without(target, copies));
  }

  /** What it has; with the young from then on. */
  #use(owner: string): Copies {
    if (this.#young.bytes > this.#full) this.#turn();
    const young = this.#young.of(owner);
    if (young) return young;
    const old = this.#old.of(owner);
    if (!old) return none;
    this.#old.replace(owner, old, none);
    this.#young.replace(owner, none, old);
    return old;
  }

  #turn(): void {
    this.#old = this.#young;
    this.#young = new Generation();
  }

  /** As many as one owner may have. */
  #newest(copies: Copies): Copies {
    let bytes = 0;
    const excess = copies.findLastIndex(({ copy }) => (bytes += weightOf(copy)) > this.#share);
    // Even from the first: one that was spread has room for 17, and most owners have one or two.
    return copies.slice(Math.max(excess + 1, copies.length - ownerCopies));
  }
}

const copyFor = (target: string, copies: Copies): CachedCopy<unknown> | undefined =>
  copies.find((held) => held.target === target)?.copy;

const without = (target: string, copies: Copies): Copies => copies.filter((held) => held.target !== target);

const weightOf = ({ bytes }: CachedCopy<unknown>): number => overheadBytes + weightOfText * bytes;

const weightOfAll = (copies: Copies): number => copies.reduce((bytes, { copy }) => bytes + weightOf(copy), 0);
