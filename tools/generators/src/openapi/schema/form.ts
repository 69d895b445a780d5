import { allOf, anyOf, isConstraint, type JsonSchema } from './combination.ts';
import { bothMembers, eitherMembers, freeMembers, type Members } from './members.ts';

/**
 * The values that a schema allows, by kind. Alternatives of one kind are merged into one that allows more, so
 * that a value is never parsed by an alternative that lacks one of its members.
 */
export interface Form {
  /** Whether the schema or one of its parts states its types. */
  readonly isStated: boolean;
  readonly kinds: ReadonlySet<Kind>;
  /** Kinds to which the keywords apply; used when no type is stated. */
  readonly hints: ReadonlySet<Kind>;
  readonly numbers: Numbers;
  readonly isNullable: boolean;
  readonly items: JsonSchema;
  readonly members: Members;
  readonly origins: Origins;
}

/** The document's schemas of arrays and objects, if the form was not merged from different ones. */
export interface Origins {
  readonly array?: JsonSchema;
  readonly object?: JsonSchema;
}
export type Kind = 'string' | 'boolean' | 'number' | 'array' | 'object';
const everyKind: ReadonlySet<Kind> = new Set(['string', 'boolean', 'number', 'array', 'object']);
const noKind: ReadonlySet<Kind> = new Set();

/** Sets of numbers, from the smallest to the largest: each contains the previous ones. */
export const Numbers = { safeInteger: 0, integer: 1, any: 2 } as const;
export type Numbers = (typeof Numbers)[keyof typeof Numbers];

/** Allows every value. */
export const anyForm: Form = {
  isStated: false,
  kinds: everyKind,
  hints: noKind,
  numbers: Numbers.any,
  isNullable: false,
  items: true,
  members: freeMembers,
  origins: {},
};

/** Returns the kinds of a schema; without a stated type, those to which its keywords apply. */
export const kindsOf = ({ isStated, kinds, hints }: Form): ReadonlySet<Kind> =>
  isStated || hints.size === 0 ? kinds : hints;

const union = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): ReadonlySet<T> => new Set([...a, ...b]);

/** Returns the form of values that satisfy at least one schema. */
export function either(a: Form, b: Form): Form {
  const isStated = a.isStated && b.isStated;
  const ofKind = (kind: Kind) => [a, b].filter((form) => kindsOf(form).has(kind));
  const numbers = ofKind('number').map((form) => form.numbers);
  const [one = freeMembers, other] = ofKind('object').map(({ members }) => members);
  return {
    isStated,
    kinds: isStated ? union(a.kinds, b.kinds) : everyKind,
    hints: union(kindsOf(a), kindsOf(b)),
    numbers: numbers.length > 0 ? (Math.max(...numbers) as Numbers) : Numbers.any,
    isNullable: a.isNullable || b.isNullable,
    items: anyOf(ofKind('array').map(({ items }) => items)),
    members: other ? eitherMembers(one, other) : one,
    origins: { array: onlyOrigin('array', ofKind('array')), object: onlyOrigin('object', ofKind('object')) },
  };
}

function onlyOrigin(kind: keyof Origins, forms: readonly Form[]): JsonSchema {
  const origins = new Set(forms.map((form) => form.origins[kind]));
  return origins.size === 1 ? [...origins][0] : undefined;
}

const saysNothing = {
  array: ({ items }: Form) => !isConstraint(items),
  object: ({ members }: Form) => members.keeps === 'free' && members.properties.size === 0,
} as const;

/** Returns the form of values that satisfy both schemas. */
export function both(a: Form, b: Form): Form {
  const kinds = new Set([...a.kinds].filter((kind) => b.kinds.has(kind)));
  // Contradictory parts allow no value, so one of them must be wrong. Allows the values of both.
  if (kinds.size === 0 && a.kinds.size > 0 && b.kinds.size > 0) return either(a, b);
  const about = (kind: keyof Origins) => [a, b].filter((form) => !saysNothing[kind](form));
  const [one, other] = about('object').map(({ members }) => members);
  return {
    isStated: a.isStated || b.isStated,
    kinds,
    hints: union(a.hints, b.hints),
    numbers: Math.min(a.numbers, b.numbers) as Numbers,
    // If `nullable` is next to a reference or in one part of `allOf`, authors mean the complete schema,
    // contrary to the specification.
    isNullable: a.isNullable || b.isNullable,
    items: allOf([a.items, b.items]),
    members: one && other ? bothMembers(one, other) : (one ?? freeMembers),
    origins: { array: onlyOrigin('array', about('array')), object: onlyOrigin('object', about('object')) },
  };
}
