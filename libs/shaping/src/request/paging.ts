import { createPageCursors } from './page-cursor.ts';
import { parsePageQuery, type PageParameters } from './page-query.ts';

/** A requested page of a list. */
export interface Page {
  readonly limit: number;
  /** The upstream's own cursor; undefined for the first page. */
  readonly cursor: string | undefined;
  /** Seals the upstream's next cursor for the client. Null stays null: it marks the end of the list. */
  next(cursor: string | null): string | null;
}

export interface Paging {
  /**
   * Parses the requested page.
   * @param query `limit` and `cursor` of the request
   * @param scope of the list: tenant, user, screen; a cursor of another scope is rejected
   * @throws {Problem} `bad-request` or `invalid-cursor` (400)
   */
  read(query: PageParameters, scope: readonly string[]): Page;
}

export interface PagingOptions {
  /**
   * Secret of 32 bytes or more, the same on every replica. May serve other purposes too, because separate
   * keys are derived from it.
   */
  readonly key: Buffer | string;
  /** The previous key during a rotation: its cursors are still accepted. */
  readonly previousKey?: Buffer | string;
  /** Returns milliseconds since 1970; default `Date.now`. */
  readonly now?: () => number;
}

/**
 * Creates the parser of page requests.
 * @throws {TypeError} when the key is too short
 */
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
