import { allOf, anyOf, isConstraint, type JsonSchema } from './combination.ts';
import { bothMembers, eitherMembers, freeMembers, type Members } from './members.ts';

/**
 * What values a schema allows, by kind. Every merge allows more, never less: alternatives of one kind become one, so that no
 * value is read by an alternative that does not know one of its members.
 */
export interface Form {
  /** Whether the schema or one of its parts names its types. */
  readonly isStated: boolean;
  readonly kinds: ReadonlySet<Kind>;
  /** Kinds that keywords are about, where no type is stated. */
  readonly hints: ReadonlySet<Kind>;
  readonly numbers: Numbers;
  readonly isNullable: boolean;
  readonly items: JsonSchema;
  readonly members: Members;
  readonly origins: Origins;
}

/** The schemas whose items and members they are, as they are: nothing was merged with them. */
export interface Origins {
  readonly array?: JsonSchema;
  readonly object?: JsonSchema;
}
export type Kind = 'string' | 'boolean' | 'number' | 'array' | 'object';
const everyKind: ReadonlySet<Kind> = new Set(['string', 'boolean', 'number', 'array', 'object']);
const noKind: ReadonlySet<Kind> = new Set();

/** Which numbers: each contains those before it. */
export const Numbers = { safeInteger: 0, integer: 1, any: 2 } as const;
export type Numbers = (typeof Numbers)[keyof typeof Numbers];

/** Every value. */
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

/** The kinds of a schema. Where it does not say, they are those that its keywords are about. */
export const kindsOf = ({ isStated, kinds, hints }: Form): ReadonlySet<Kind> =>
  isStated || hints.size === 0 ? kinds : hints;

const union = <T>(a: ReadonlySet<T>, b: ReadonlySet<T>): ReadonlySet<T> => new Set([...a, ...b]);

/** A value of one of two schemas. */
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

/** A value of both schemas. */
export function both(a: Form, b: Form): Form {
  const kinds = new Set([...a.kinds].filter((kind) => b.kinds.has(kind)));
  // Parts that exclude each other: no value fits both, so that one of them must be wrong.
  if (kinds.size === 0 && a.kinds.size > 0 && b.kinds.size > 0) return either(a, b);
  const about = (kind: keyof Origins) => [a, b].filter((form) => !saysNothing[kind](form));
  const [one, other] = about('object').map(({ members }) => members);
  return {
    isStated: a.isStated || b.isStated,
    kinds,
    hints: union(a.hints, b.hints),
    numbers: Math.min(a.numbers, b.numbers) as Numbers,
    // Beside a reference or in a list of parts, `nullable` means the whole, whatever the specification says.
    isNullable: a.isNullable || b.isNullable,
    items: allOf([a.items, b.items]),
    members: one && other ? bothMembers(one, other) : (one ?? freeMembers),
    origins: { array: onlyOrigin('array', about('array')), object: onlyOrigin('object', about('object')) },
  };
}
