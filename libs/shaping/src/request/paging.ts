import { createPageCursors } from './page-cursor.ts';
import { parsePageQuery, type PageParameters } from './page-query.ts';

/** One page of a list, as a client asked for it. */
export interface Page {
  readonly limit: number;
  /** The upstream's own cursor; undefined: the first page. */
  readonly cursor: string | undefined;
  /** What the client sends to go on: the upstream's next cursor, sealed. Null stays null: the list ends here. */
  next(cursor: string | null): string | null;
}

export interface Paging {
  /**
   * @param query `limit` and `cursor` of the request
   * @param scope whose list it is and which one: tenant, user, screen. A cursor of another scope is a forged one
   * @throws {Problem} `bad-request` or `invalid-cursor` (400)
   */
  read(query: PageParameters, scope: readonly string[]): Page;
}

export interface PagingOptions {
  /** Secret of 32 bytes or more, the same on every replica. It may serve other purposes: keys are derived from it. */
  readonly key: Buffer | string;
  /** While the key is rotated: cursors of this one are still read. */
  readonly previousKey?: Buffer | string;
  /** Milliseconds since 1970; default `Date.now`. */
  readonly now?: () => number;
}

/** @throws {TypeError} when the key is too short */
export function createPaging({ key, previousKey, now }: PagingOptions): Paging {
  const cursors = createPageCursors(key, now);
  const previous = previousKey === undefined ? undefined : createPageCursors(previousKey, now);

  function open(cursor: string, scope: readonly string[]): string {
    if (!previous) return cursors.open(cursor, scope);
    try {
      return cursors.open(cursor, scope);
    } catch {
      return previous.open(cursor, scope);
    }
  }

  return {
    read(query, scope) {
      const { limit, cursor } = parsePageQuery(query);
      return {
        limit,
        cursor: cursor === undefined ? undefined : open(cursor, scope),
        next: (following) => (following === null ? null : cursors.seal(following, scope)),
      };
    },
  };
}
