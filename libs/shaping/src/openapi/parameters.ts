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

/** Accepts what `parseFields` accepts. */
const fieldsSchema = { type: 'string', maxLength: maxFieldsLength, pattern: fieldsPattern } as const;
/** Accepts every cursor of `createPageCursors`. */
const cursorSchema = { type: 'string', maxLength: longestCursor, pattern: '^[A-Za-z0-9_-]+$' } as const;
/**
 * Accepts what `parseIdempotencyKey` of `@bff/screens` accepts, except the parameters of a structured-field
 * item (RFC 9651), which that function ignores.
 */
const idempotencyKeySchema = {
  type: 'string',
  pattern: String.raw`^([A-Za-z0-9._~:+/=-]{1,255}|"([ !#-\[\]-~]|\\["\\]){1,255}")$`,
} as const;
/** The value of the header field, without quotes and escapes. */
const idempotencyKeyText = { type: 'string', minLength: 1, maxLength: 255, pattern: '^[ -~]+$' } as const;
/** A signed token in its compact form (RFC 7515, section 7.1). */
const jwtSchema = {
  type: 'string',
  pattern: String.raw`^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$`,
} as const;

/** Parameters for operations; path parameters are derived from the path. */
export const apiParameters = {
  query,
  header,
  fieldsSchema,
  cursorSchema,
  idempotencyKeySchema,
  jwtSchema,
  fields: query(
    'fields',
    'Members to return: comma-separated paths such as `items[*].id`, at most 50 with at most 10 steps.',
    fieldsSchema,
  ),
  /** The parameters of `createPaging`. */
  page: [
    query(
      'limit',
      'Maximum number of items in the page.',
      integer({ minimum: 1, maximum: maxLimit, default: defaultLimit }),
    ),
    query('cursor', 'The `next_cursor` of the previous page.', cursorSchema),
  ],
  ifNoneMatch: header('If-None-Match', 'ETags of the answers that the client has stored.'),
  idempotencyKey: header(
    'Idempotency-Key',
    'Unique for each write, 1 to 255 characters, stored for a week: a repeated request is answered and not executed again.',
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
    'The `Last-Modified` of the stored answer. Ignored if `If-None-Match` is present, which is more precise.',
  ),
  ifMatch: header('If-Match', 'The ETag of a GET of the same URL.', true),
} as const;
