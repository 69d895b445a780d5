import { defaultLimit, maxLimit } from '../request/page-query.ts';
import { type JsonNode } from './json-node.ts';

const string = { type: 'string' } as const;
const integer = (bounds: JsonNode): JsonNode => ({ type: 'integer', ...bounds });

const query = (name: string, description: string, schema: JsonNode = string, required = false): JsonNode => ({
  name, in: 'query', required, description, schema,
}); // prettier-ignore
const header = (name: string, description: string, required = false): JsonNode => ({
  name, in: 'header', required, description, schema: string,
}); // prettier-ignore

/** Parameters of an operation; those of its path follow from the path. */
export const apiParameters = {
  query,
  header,
  /** As `parseFields` reads it. */
  fields: query(
    'fields',
    'Which members to answer: comma separated paths such as `items[*].id`, at most 50 of 10 steps.',
  ),
  /** As `createPaging` reads them. */
  page: [
    query(
      'limit',
      'The most that one page holds.',
      integer({ minimum: 1, maximum: maxLimit, default: defaultLimit }),
    ),
    query('cursor', 'The `next_cursor` of the page before.'),
  ],
  ifNoneMatch: header('If-None-Match', 'ETags of the answers that you have.'),
  idempotencyKey: header(
    'Idempotency-Key',
    'A new one for each change, 1 to 255 characters, kept for 24 hours: a repetition is answered, not made again.',
  ),
  ifModifiedSince: header(
    'If-Modified-Since',
    'The `Last-Modified` of the answer that you have. Ignored beside `If-None-Match`, which is the better choice.',
  ),
  ifMatch: header('If-Match', 'The ETag of a GET of the same address.', true),
} as const;
