import fc from 'fast-check';

/** Draws an integer below a bound; fast-check shrinks the values made from it. */
export type Draw = (bound: number) => number;
export type Schema = boolean | Readonly<Record<string, unknown>>;
export interface LawDocument {
  readonly openapi: '3.0.3' | '3.1.0';
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Member names; the last ones are edge cases: a keyword, and members that every object inherits. */
const names = ['a', 'b', 'c', 'd', 'kebab-name', '$ref', 'constructor', 'toString'] as const;
const components = ['One', 'Two', 'Three'] as const;
export const reference = (name: string) => `#/components/schemas/${name}`;

export const drawer = fc.gen().map(
  (draw): Draw =>
    (bound) =>
      draw(fc.nat, { max: bound - 1 }),
);

/** Generates a document of three schemas that may refer to each other. */
export function drawDocument(draw: Draw): LawDocument {
  const openapi = draw(2) === 0 ? '3.0.3' : '3.1.0';
  const schemas = Object.fromEntries(components.map((name) => [name, component(name)]));
  return { openapi, components: { schemas } };

  /** Only the first component may be a reference, so that references are not circular. */
  function component(name: string): Schema {
    if (name === components[0] && draw(10) === 0) return { $ref: reference('Two'), nullable: draw(2) === 0 };
    const made = draw(4) === 0 ? place() : object(0);
    return typeof made === 'object' && typeof made['$ref'] === 'string' ? object(0) : made;
  }
  function pick<T>(values: readonly T[]): T {
    return values[draw(values.length)] as T;
  }
  function some<T>(make: () => T, least: number, most: number): T[] {
    return Array.from({ length: least + draw(most - least + 1) }, make);
  }

  /** Generates a schema with or without a stated type; without one, its members imply the type. */
  function place(depth = 0): Schema {
    const kinds = [scalar, scalar, referenced, referenced];
    const deep = [array, object, object, alternatives, alternatives, all, conditional, anything];
    return pick(depth > 3 ? kinds : [...kinds, ...deep])(depth);
  }

  function scalar(): Schema {
    const is31 = openapi === '3.1.0';
    const type = pick(['string', 'integer', 'number', 'boolean']);
    return pick<() => Schema>([
      () => ({ type }),
      () => ({ type, ...(draw(2) === 0 ? { nullable: true } : { description: 'one' }) }),
      () => ({ type: 'integer', format: pick(['int32', 'int64']) }),
      () => ({ type: 'string', enum: ['a', 'b', ...(draw(2) === 0 ? [null] : [])], nullable: draw(2) === 0 }),
      () => ({
        enum: pick([
          ['a', 1, null],
          [{ a: 1 }, 'b'],
          [true, 2.5],
          [[1], 'c'],
        ]),
      }),
      () => ({ type: 'string', example: { $ref: '#/lost' }, 'x-more': { $ref: '#/lost' } }),
      () =>
        is31
          ? { type: pick([[type, 'null'], ['string', 'integer'], ['null'], ['object', 'string']]) }
          : { type },
      () => (is31 ? { const: pick(['a', 1, null, { a: 'x' }]) } : { type, nullable: true }),
      () => ({ type: 'integer', minimum: 0, maximum: 100 }),
    ])();
  }

  function referenced(): Schema {
    const $ref = reference(pick(components));
    return pick<Schema>([{ $ref }, { $ref }, { $ref, description: 'beside' }, { $ref, nullable: true }]);
  }

  function anything(): Schema {
    return pick<Schema>([{}, { description: 'any' }, ...(openapi === '3.1.0' ? [true] : [])]);
  }

  function array(depth: number): Schema {
    const items = place(depth + 1);
    const more =
      openapi === '3.1.0'
        ? pick([
            {},
            { prefixItems: some(() => place(depth + 1), 1, 2), items: pick([items, false, true]) },
            { contains: place(depth + 1) },
          ])
        : {};
    return { type: 'array', ...(draw(5) === 0 ? {} : { items }), ...more };
  }

  /** Generates the keywords about members, without the type. */
  function members(depth: number): Readonly<Record<string, unknown>> {
    const own = some(() => pick(names), 0, 3).map((name) => [name, place(depth + 1)] as const);
    const flagged = pick([
      [],
      [],
      [],
      [['pin', { type: 'string', writeOnly: true }]],
      [['id', { type: 'string', readOnly: true }]],
    ]);
    const properties = Object.fromEntries([...own, ...flagged]);
    const known = Object.keys(properties);
    const required = [
      ...(known.length > 0 ? some(() => pick(known), 0, 2) : []),
      ...(draw(8) === 0 ? [pick(names)] : []),
    ];
    const is31 = openapi === '3.1.0';
    return {
      ...(known.length > 0 || draw(2) === 0 ? { properties } : {}),
      ...(required.length > 0 ? { required: [...new Set(required)] } : {}),
      ...pick([
        {},
        {},
        {},
        { additionalProperties: pick([true, false]) },
        { additionalProperties: place(depth + 1) },
      ]),
      ...(is31 && draw(6) === 0 ? { patternProperties: { '^x-': place(depth + 1) } } : {}),
      ...(is31 && draw(8) === 0 ? { dependentRequired: { a: ['b'] } } : {}),
      ...(is31 && draw(10) === 0 ? { unevaluatedProperties: pick([false, place(depth + 1)]) } : {}),
      ...(is31 && draw(10) === 0 ? { dependentSchemas: { a: part(depth + 1) } } : {}),
      ...(draw(8) === 0 ? { minProperties: 1 } : {}),
      ...(draw(8) === 0
        ? { not: pick([{ required: ['x-1'] }, { properties: { a: { type: 'null' } }, required: ['a'] }]) }
        : {}),
    };
  }

  function object(depth: number): Schema {
    return { type: 'object', ...members(depth), ...pick([{}, {}, {}, { nullable: true }]) };
  }

  /** Generates a schema for an `allOf`, in which another schema states the type. */
  function part(depth: number): Schema {
    return pick<() => Schema>([() => members(depth), () => object(depth), referenced])();
  }

  function alternatives(depth: number): Schema {
    const keyword = pick(['oneOf', 'anyOf']);
    const nothing = openapi === '3.1.0' ? { type: 'null' } : { type: 'string' };
    const discriminated = (kind: string) => ({
      type: 'object',
      properties: {
        ...(members(depth + 1)['properties'] as object | undefined),
        kind: { type: 'string', enum: [kind] },
      },
      required: ['kind'],
    });
    return pick<() => Schema>([
      () => ({ [keyword]: some(() => place(depth + 1), 2, 3) }),
      () => ({ [keyword]: [place(depth + 1), nothing], nullable: draw(2) === 0 }),
      () => ({ [keyword]: some(() => object(depth + 1), 2, 3) }),
      () => ({ type: 'object', ...members(depth), [keyword]: some(() => part(depth + 1), 1, 3) }),
      () => ({ oneOf: [discriminated('x'), discriminated('y')], discriminator: { propertyName: 'kind' } }),
      () => ({
        oneOf: components.map((name) => ({ $ref: reference(name) })),
        discriminator: { propertyName: 'kind', mapping: { one: reference('One') } },
      }),
    ])();
  }

  function all(depth: number): Schema {
    const parts = some(() => part(depth + 1), 1, 3);
    return { type: 'object', ...(draw(2) === 0 ? members(depth) : {}), allOf: parts };
  }

  function conditional(depth: number): Schema {
    if (openapi !== '3.1.0') return object(depth);
    const name = pick(names);
    const branches = pick([['then'], ['else'], ['then', 'else']]);
    return {
      type: 'object',
      ...members(depth),
      if: { required: [name] },
      ...Object.fromEntries(branches.map((each) => [each, part(depth + 1)])),
    };
  }
}
