import type { Fault } from './call.ts';
import { compileModel, undecided } from '../transport/compile-model.ts';
import type { AnyOperation } from './operation.ts';

/**
 * Converts the JSON that an upstream sent to the operation's model, or reports where it violates the schema.
 */
export type Accept<T> = (json: unknown) => { readonly value: T } | { readonly fault: Fault };

/** Returns the conversion of an operation; undefined without a response schema, because no body is read. */
export function acceptFor<T>({ response }: AnyOperation): Accept<T> | undefined {
  if (!response) return undefined;
  const model = compileModel(response);
  return function accept(json) {
    const value = model(json);
    if (value !== undecided) return { value: value as T };
    const { success, data, error } = response.safeParse(json);
    if (success) return { value: data };
    return { fault: { kind: 'schema', field: error.issues[0]?.path.map(String).join('.') } };
  };
}
