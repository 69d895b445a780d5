import { defaultLimit, maxLimit } from '../page-query.ts';
import { type JsonNode } from './json-node.ts';

const string = { type: 'string' } as const;

export const queryParameter = (name: string, description: string, schema: JsonNode = string, required = false): JsonNode =>
  ({ name, in: 'query', required, description, schema }); // prettier-ignore
export const headerParameter = (name: string, description: string, schema: JsonNode = string, required = false): JsonNode =>
  ({ name, in: 'header', required, description, schema }); // prettier-ignore

/** `fields=`, as `parseFields` reads it. */
export const fieldsParameter = queryParameter(
  'fields',
  'Which members to answer: comma separated paths such as `orders[*].id`, at most 50 of 10 steps.',
);
/** `limit` and `cursor`, as `createPaging` reads them. */
export const pageParameters: readonly JsonNode[] = [
  queryParameter('limit', 'The most that one page holds.', {
    type: 'integer',
    minimum: 1,
    maximum: maxLimit,
    default: defaultLimit,
  }),
  queryParameter('cursor', 'The `next_cursor` of the page before.'),
];
export const ifNoneMatchParameter = headerParameter('If-None-Match', 'ETags of the answers that you have.');
export const ifMatchParameter = headerParameter(
  'If-Match',
  'The ETag of a GET of the same address.',
  string,
  true,
);
