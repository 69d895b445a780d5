import { type Shape } from './shape.ts';

/** What zod's schemas are, and anything else that throws at a value that does not fit. */
export interface AnswerSchema<Described> {
  parse(value: unknown): Described;
}

/**
 * The shape, bound to the schema that describes it. It does not compile when one names a member, a type or a null that
 * the other does not; optional and readonly are passed over, because policies and `fields=` may take any member.
 *
 * @param verify holds every answer to its schema: for tests and development, where a fault may cost the answer
 * @throws {TypeError} in place of an answer that does not fit
 */
export function keepContract<View, Out, Described>(
  shape: Shape<View, Out>,
  schema: AnswerSchema<Described> & SameForm<Out, Described>,
  verify: boolean,
): Shape<View, Out> {
  if (!verify) return shape;
  return function verified(view, request) {
    try {
      schema.parse(shape(view, { ...request, flat: false }).view);
    } catch (cause) {
      throw new TypeError(`an answer breaks its contract: ${(cause as Error).message}`, { cause });
    }
    return shape(view, request);
  };
}

type SameForm<Out, Described> = [Form<Out>] extends [Form<Described>]
  ? [Form<Described>] extends [Form<Out>]
    ? unknown
    : { readonly 'described, but not answered': Form<Described> }
  : { readonly 'answered, but not described': Form<Out> };

/** A type with every member there and writable. An object of any names is that, whatever it holds. */
type Form<T> = unknown extends T
  ? unknown
  : T extends readonly (infer Item)[]
    ? Form<Item>[]
    : T extends object
      ? string extends keyof T
        ? Record<string, unknown>
        : { -readonly [Name in keyof T]-?: Form<Exclude<T[Name], undefined>> }
      : T;
