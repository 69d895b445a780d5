import type { Shape } from './shape.ts';

/** A zod schema, or another object that throws for an invalid value. */
export interface AnswerSchema {
  parse(value: unknown): unknown;
}

/**
 * Validates every answer of a shape against its schema. For tests and development, where a violation may fail
 * the request. An answer in flat form is validated before it is flattened.
 * @throws {TypeError} instead of returning an invalid answer
 */
export function validateResponse<View>(shape: Shape<View>, schema: AnswerSchema): Shape<View> {
  return function validated(view, request) {
    try {
      schema.parse(shape(view, { ...request, flat: false }).view);
    } catch (cause) {
      throw new TypeError(`an answer does not fit its schema: ${(cause as Error).message}`, { cause });
    }
    return shape(view, request);
  };
}
