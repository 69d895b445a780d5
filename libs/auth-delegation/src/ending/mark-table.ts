import { LruCache, StateFull } from '@bff/service-kit';
import type { Now } from '../time.ts';

/**
 * Key of a target and two times in milliseconds since 1970: sessions or tokens that began up to `before` are
 * ended, and the mark expires at `expiresAt`.
 */
export type Mark = readonly [key: string, before: number, expiresAt: number];

/** Maximum number of marks, each of about 150 bytes. */
const maxMarks = 50_000;
const rememberedVersions = 10_000;

/** The marks that a process holds. */
export class MarkTable {
  readonly #now: Now;
  readonly #marks = new Map<string, Mark>();
  readonly #versions = new LruCache<true>(rememberedVersions);

  constructor(now: Now) {
    this.#now = now;
  }

  get size(): number {
    return this.#marks.size;
  }

  isEnded(key: string, beganAt: number): boolean {
    const mark = this.#marks.get(key);
    return mark !== undefined && beganAt <= mark[1];
  }

  /** Adds a mark. @returns false if it has expired or a stored mark already covers it */
  apply(mark: Mark): boolean {
    const [key, before, expiresAt] = mark;
    const known = this.#marks.get(key);
    if (expiresAt <= this.#now() || (known && known[1] > before)) return false;
    if (!known || known[1] < before || known[2] < expiresAt) this.#marks.set(key, mark);
    return true;
  }

  /** Checks that a mark can be stored. @throws {StateFull} for a new target when the table is full */
  requireCapacityFor([key]: Mark): void {
    if (this.#marks.size < maxMarks || this.#marks.has(key)) return;
    throw new StateFull(`more than ${maxMarks} marks of ended sessions are stored`);
  }

  dropExpired(): void {
    for (const [key, [, , expiresAt]] of this.#marks) if (expiresAt <= this.#now()) this.#marks.delete(key);
  }

  /** Records that the marks of this version of the store are known. */
  noteVersion(version: string): void {
    this.#versions.set(version, true);
  }

  isKnownVersion(version: string): boolean {
    return this.#versions.get(version) === true;
  }
}
