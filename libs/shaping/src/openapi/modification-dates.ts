import { reference, type JsonNode } from './json-node.ts';
import { apiParameters } from './parameters.ts';

/** Statuses of a GET with a modification date; a patch (226) has none. */
const datedStatuses = new Set(['200', '304']);

/** The members of an operation that are read here. */
interface Described {
  readonly method: string;
  readonly parameters?: readonly JsonNode[];
  readonly answers: Readonly<Record<number, JsonNode>>;
}

/**
 * Describes `If-Modified-Since` and `Last-Modified` for every read with `If-None-Match` and `ETag`: the
 * sender sends and evaluates dates wherever it does so for entity tags, so operations need not list the date
 * fields.
 */
export function withModificationDates<Operation extends Described>(operation: Operation): Operation {
  const { method, parameters = [], answers } = operation;
  if (method !== 'get' || !parameters.some(({ name }) => name === 'If-None-Match')) return operation;
  return {
    ...operation,
    parameters: [...parameters, apiParameters.ifModifiedSince],
    answers: Object.fromEntries(
      Object.entries(answers).map(([status, answer]) => [
        status,
        datedStatuses.has(status) ? withLastModified(answer) : answer,
      ]),
    ),
  };
}

function withLastModified(answer: JsonNode): JsonNode {
  const headers = answer['headers'] as JsonNode | undefined;
  if (headers?.['ETag'] === undefined) return answer;
  const { ETag, ...others } = headers;
  return { ...answer, headers: { ETag, 'Last-Modified': reference('headers', 'Last-Modified'), ...others } };
}
