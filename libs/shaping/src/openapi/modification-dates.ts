import { reference, type JsonNode } from './json-node.ts';
import { apiParameters } from './parameters.ts';

/** Answers to a GET that the sender gives a modification date; a patch (226) has none. */
const datedStatuses = new Set(['200', '304']);

/** The part of an operation that matters here. */
interface Described {
  readonly method: string;
  readonly parameters?: readonly JsonNode[];
  readonly answers: Readonly<Record<number, JsonNode>>;
}

/**
 * Describes `If-Modified-Since` and `Last-Modified` for every read that takes `If-None-Match` and sends an `ETag`: the
 * sender treats both validators alike, so no operation has to list the second one.
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
