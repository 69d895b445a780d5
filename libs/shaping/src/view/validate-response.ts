import type { Shape } from './shape.ts';

/** What zod's schemas are, and anything else that throws at a value that does not fit. */
export interface AnswerSchema {
  parse(value: unknown): unknown;
}

/**
 * Holds every answer of a shape to its schema: for tests and development, where a fault may cost the answer. The flat form
 * is checked before it is flattened.
 *
 * @throws {TypeError} in place of an answer that does not fit
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
