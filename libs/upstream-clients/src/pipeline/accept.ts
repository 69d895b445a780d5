import type { Fault } from './call.ts';
import type { AnyOperation } from './operation.ts';

/** Makes an operation's model of the JSON that an upstream sent, or says where it does not have the agreed form. */
export type Accept<T> = (json: unknown) => { readonly value: T } | { readonly fault: Fault };

/** Undefined for a write whose answer is not declared: nothing of it is read. */
export function acceptFor<T>({ response }: AnyOperation): Accept<T> | undefined {
  if (!response) return undefined;
  return function accept(json) {
    const { success, data, error } = response.safeParse(json);
    if (success) return { value: data };
    return { fault: { kind: 'schema', field: error.issues[0]?.path.map(String).join('.') } };
  };
}
