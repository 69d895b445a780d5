import { longestCursor } from '../request/page-cursor.ts';
import { defaultLimit, maxLimit } from '../request/page-query.ts';
import { fieldsPattern, maxFieldsLength } from '../view/field-path.ts';
import type { JsonNode } from './json-node.ts';

const string = { type: 'string' } as const;
const integer = (bounds: JsonNode): JsonNode => ({ type: 'integer', ...bounds });

const query = (name: string, description: string, schema: JsonNode = string, required = false): JsonNode => ({
  name,
  in: 'query',
  required,
  description,
  schema,
});
const header = (
  name: string,
  description: string,
  required = false,
  schema: JsonNode = string,
): JsonNode => ({
  name,
  in: 'header',
  required,
  description,
  schema,
});

/** As `parseFields` reads it. */
const fieldsSchema = { type: 'string', maxLength: maxFieldsLength, pattern: fieldsPattern } as const;
/** As `createPageCursors` writes it. */
const cursorSchema = { type: 'string', maxLength: longestCursor, pattern: '^[A-Za-z0-9_-]+$' } as const;
/** As `parseIdempotencyKey` of `@bff/screens` reads it, without the parameters of an item, which it ignores. */
const idempotencyKeySchema = {
  type: 'string',
  pattern: String.raw`^([A-Za-z0-9._~:+/=-]{1,255}|"([ !#-\[\]-~]|\\["\\]){1,255}")$`,
} as const;
/** The text that the header says, without its quotes and escapes. */
const idempotencyKeyText = { type: 'string', minLength: 1, maxLength: 255, pattern: '^[ -~]+$' } as const;
/** A signed token in its compact form (RFC 7515, section 7.1). */
const jwtSchema = {
  type: 'string',
  pattern: String.raw`^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$`,
} as const;

/** Parameters of an operation; those of its path follow from the path. */
export const apiParameters = {
  query,
  header,
  fieldsSchema,
  cursorSchema,
  idempotencyKeySchema,
  jwtSchema,
  fields: query(
    'fields',
    'Which members to answer: comma separated paths such as `items[*].id`, at most 50 of 10 steps.',
    fieldsSchema,
  ),
  /** As `createPaging` reads them. */
  page: [
    query(
      'limit',
      'The most that one page holds.',
      integer({ minimum: 1, maximum: maxLimit, default: defaultLimit }),
    ),
    query('cursor', 'The `next_cursor` of the page before.', cursorSchema),
  ],
  ifNoneMatch: header('If-None-Match', 'ETags of the answers that you have.'),
  idempotencyKey: header(
    'Idempotency-Key',
    'A new one for each change, 1 to 255 characters, known for a week: a repetition is answered, not made again.',
    false,
    idempotencyKeySchema,
  ),
  idempotencyKeyInPath: (name: string): JsonNode => ({
    name,
    in: 'path',
    required: true,
    description: 'The `Idempotency-Key` of the write, without quotes.',
    schema: idempotencyKeyText,
  }),
  ifModifiedSince: header(
    'If-Modified-Since',
    'The `Last-Modified` of the answer that you have. Ignored beside `If-None-Match`, which is the better choice.',
  ),
  ifMatch: header('If-Match', 'The ETag of a GET of the same address.', true),
} as const;
