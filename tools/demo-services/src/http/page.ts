import { Problem } from '@bff/service-kit';
import { z } from 'zod';
import type { Page } from '../data/models.ts';

/** Position of a page: after this row in the order "newest first, then by id". */
type Position = readonly [time: string, id: string];

export interface PageRequest {
  readonly limit: number;
  readonly after: Position;
}

const position = z.tuple([z.iso.datetime(), z.string().min(1)]);
/** Sorts after every ISO 8601 time, so that the first page uses the same SQL as the next ones. */
const start: Position = ['~', ''];

/** Parses `limit` (1 to 100, default 5) and `cursor`. @throws {Problem} 400 */
export function readPage(query: URLSearchParams): PageRequest {
  const limit = query.get('limit') ?? '5';
  if (!/^([1-9]\d?|100)$/.test(limit))
    throw new Problem('bad-request', { detail: 'limit must be a whole number from 1 to 100' });
  const cursor = query.get('cursor');
  return { limit: Number(limit), after: cursor === null ? start : readCursor(cursor) };
}

function readCursor(cursor: string): Position {
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (cause) {
    throw new Problem('invalid-cursor', { cause });
  }
}

/** Returns a page. @param rows its rows, followed by the first row of the next page if there is one */
export function pageOf<T extends { readonly id: string }>(
  rows: readonly T[],
  limit: number,
  timeOf: (row: T) => string,
): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  if (rows.length <= limit || last === undefined) return { items, next_cursor: null };
  return {
    items,
    next_cursor: Buffer.from(JSON.stringify([timeOf(last), last.id] satisfies Position)).toString(
      'base64url',
    ),
  };
}
