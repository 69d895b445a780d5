import { resolve } from 'node:path';
import { jsonSchemaOf, sampleOf } from '@bff/demo-services/generic';
import { info } from '@bff/upstream-clients';
import * as clients from '@bff/upstream-clients';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { describedService } from '../../src/openapi/described-service.ts';
import { documentOf } from '../../src/openapi/document.ts';
import { checkSource } from '../../src/source/check-source.ts';
import { screenSource } from '../../src/source/screen-source.ts';
import { serviceSource } from '../../src/source/service-source.ts';
import { withoutTypes } from './zod-of.ts';

const workspace = resolve(import.meta.dirname, '../../../..');
const text = { type: 'string' } as const;
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const objectOf = (properties: object) => ({ type: 'object', properties });
const json = (schema: unknown) => ({ description: '', content: { 'application/json': { schema } } });
const getting = (schema: unknown) => ({ get: { responses: { 200: json(schema) } } });

/** Returns the module of a service with a path for each name. */
function moduleOf(paths: object, components: object) {
  const document = { openapi: '3.1.0', info: { title: 'Things', version: '1' }, paths, components };
  const { source, skipped } = serviceSource(
    { name: 'thing', constant: 'thing', address: 'http://127.0.0.1:1' },
    describedService(documentOf(document)),
  );
  expect(skipped).toEqual([]);
  return { source, chars: JSON.stringify(document).length };
}

function operationsOf(source: string) {
  const { get, put, service } = clients;
  const script = withoutTypes(source.replaceAll(/^import .*$/gm, '').replace('export const', 'const'));
  const thing = new Function('z', 'get', 'put', 'service', `${script}\nreturn thing;`)(
    z,
    get,
    put,
    service,
  ) as clients.Service;
  return thing[info].operations;
}

/**
 * Returns a module with a function over its first answer; the type of `expression` must be text or undefined.
 */
const typed = (source: string, expression: string): string => `${source}
type Answer = (typeof thing)['getA'] extends { readonly response: z.ZodType<infer Value> | undefined } ? Value : never;
export const shown = (answer: Answer): string | undefined => ${expression};
// @ts-expect-error It is a text.
export const misread = (answer: Answer): number | undefined => ${expression};
`;

describe('schemas that refer to each other', () => {
  const loops: readonly [string, object, unknown, string][] = [
    [
      'by a member',
      { A: objectOf({ id: text, b: ref('B') }), B: objectOf({ name: text, a: ref('A') }) },
      { id: '1', b: { name: 'x', a: { id: '2', b: { name: 'y' } } } },
      'answer.b?.a?.b?.name',
    ],
    [
      'by an alternative to an identifier',
      {
        A: objectOf({ id: text, b: { oneOf: [text, ref('B')], nullable: true } }),
        B: objectOf({ name: text, a: { anyOf: [ref('A'), text, { type: 'null' }] } }),
      },
      { id: '1', b: { name: 'x', a: { id: '2', b: null } } },
      "typeof answer.b === 'object' && typeof answer.b?.a === 'object' ? answer.b.a?.id : undefined",
    ],
    [
      'by a part',
      {
        Base: objectOf({ id: text, best: ref('A') }),
        A: { allOf: [ref('Base'), objectOf({ b: ref('B') })] },
        B: { allOf: [ref('Base'), objectOf({ a: ref('A') })] },
      },
      { id: '1', b: { id: '2', a: { id: '3', best: { id: '4', b: { id: '5' } } } }, best: { id: '6' } },
      'answer.b?.a?.best?.b?.id',
    ],
    [
      'by items',
      { A: objectOf({ id: text, b: ref('B') }), B: { type: 'array', items: ref('A') } },
      { id: '1', b: [{ id: '2', b: [{ id: '3', b: [] }] }] },
      'answer.b?.[0]?.id',
    ],
    [
      'by additional properties',
      {
        A: objectOf({ id: text, b: ref('B') }),
        B: { type: 'object', additionalProperties: { type: 'array', items: ref('A') } },
      },
      { id: '1', b: { x: [{ id: '2', b: { y: [] } }] } },
      "answer.b?.['x']?.[0]?.b?.['y']?.[0]?.id",
    ],
    [
      'by a discriminator',
      {
        A: { oneOf: [ref('B'), ref('C')], discriminator: { propertyName: 'kind' } },
        B: objectOf({ kind: { const: 'b' }, left: ref('A'), right: ref('A') }),
        C: objectOf({ kind: { const: 'c' }, of: { type: 'array', items: ref('A') }, name: text }),
      },
      { kind: 'b', left: { kind: 'c', of: [{ kind: 'b', right: { kind: 'c', name: 'x' } }] } },
      'answer.left?.of?.[0]?.right?.name',
    ],
    [
      'by a base with a discriminator',
      {
        A: { ...objectOf({ kind: text, next: ref('A') }), discriminator: { propertyName: 'kind' } },
        B: { allOf: [ref('A'), objectOf({ of: { type: 'array', items: ref('A') } })] },
        C: { allOf: [ref('A'), objectOf({ only: ref('B') })] },
      },
      { kind: 'b', of: [{ kind: 'c', only: { kind: 'b', next: { kind: 'c' } } }] },
      'answer.of?.[0]?.only?.next?.kind',
    ],
  ];
  const modules: Record<string, string> = {};
  test.each(loops)(
    'schemas that refer to each other %s keep their members',
    (_, schemas, value, expression) => {
      const { source } = moduleOf({ '/a': getting(ref('A')) }, { schemas });
      expect(operationsOf(source)['getA']?.response?.parse(value)).toEqual(value);
      modules[`libs/services/src/thing${Object.keys(modules).length}.ts`] = typed(source, expression);
    },
  );

  test('recursive anonymous schemas in answers and bodies that operations share get a name', () => {
    const loop = { type: 'object', properties: { id: text, more: { type: 'array', items: { $ref: '' } } } };
    const components = {
      responses: {
        One: json({ ...loop, properties: { ...loop.properties, more: { type: 'array', items: { $ref: '#/components/responses/One/content/application~1json/schema' } } } }),
      },
      requestBodies: {
        Change: json({ ...loop, properties: { ...loop.properties, more: { type: 'object', additionalProperties: { $ref: '#/components/requestBodies/Change/content/application~1json/schema' } } } }),
      },
    }; // prettier-ignore
    const shared = {
      requestBody: { $ref: '#/components/requestBodies/Change' },
      responses: { 200: { $ref: '#/components/responses/One' } },
    };
    const { source } = moduleOf({ '/a': { get: shared, put: shared } }, components);
    const { getA, putA } = operationsOf(source);
    const answer = { id: '1', more: [{ id: '2', more: [{ id: '3', more: [] }] }] };
    expect(getA?.response?.parse(answer)).toEqual(answer);
    const body = { id: '1', more: { x: { id: '2', more: { y: { id: '3' } } } } };
    expect(putA?.body?.parse(body)).toEqual(body);
    modules['libs/services/src/thing.ts'] = typed(source, 'answer.more?.[0]?.more?.[0]?.id');
  });

  test('the generated types of schemas that refer to each other are exact', () => {
    expect(Object.keys(modules)).toHaveLength(loops.length + 1);
    expect(() => checkSource(workspace, modules)).not.toThrow();
  });

  test('a recursive schema in a query parameter is skipped with a note', () => {
    const parameters = [{ name: 'filter', in: 'query', style: 'deepObject', schema: ref('Filter') }];
    const Filter = objectOf({ name: text, not: ref('Filter') });
    const document = {
      openapi: '3.1.0',
      paths: { '/a': { get: { parameters, responses: { 200: json(text) } } } },
      components: { schemas: { Filter } },
    };
    const [operation] = describedService(documentOf(document)).operations;
    expect(operation).toMatchObject({
      query: [],
      notes: ['without the query parameter filter: its member not is an object or a list'],
    });
  });
});

describe('the size of the source grows linearly with the document', () => {
  const count = 24;
  const names = Array.from({ length: count }, (_, index) => `Thing${index}`);
  /** Each refers to eight others by alternatives, as in content management systems. */
  const schemas = Object.fromEntries(
    names.map((name, index) => {
      const others = Array.from({ length: 8 }, (_, step) => names[(index + step * 5 + 1) % count] as string);
      const members = others.map((other) => [`of${other}`, { oneOf: [text, ref(other)], nullable: true }]);
      return [name, objectOf({ id: text, ...Object.fromEntries(members) })];
    }),
  );
  const paths = Object.fromEntries(
    names.map((name) => [`/${name}`, getting(objectOf({ data: { type: 'array', items: ref(name) } }))]),
  );

  test('when every schema refers to eight others, the source compiles and is at most twice as long as the document', () => {
    const { source, chars } = moduleOf(paths, { schemas });
    expect(source.length).toBeLessThan(2 * chars);
    expect(() => checkSource(workspace, { 'libs/services/src/thing.ts': source })).not.toThrow();
    const chain = { id: '1', ofThing1: { id: '2', ofThing2: { id: '3', ofThing3: 'x' } } };
    const { response } = operationsOf(source)['getThing0'] as clients.AnyOperation;
    expect(response?.parse({ data: [chain] })).toEqual({ data: [chain] });
    expect(response?.safeParse(sampleOf(jsonSchemaOf(response))).success).toBe(true);
  });

  test('when non-recursive objects contain each other in every order, the sources of service and screen are at most three times as long as the document', () => {
    const layers = Object.fromEntries(
      names.map((name, index) => {
        const next = names.slice(index + 1, index + 5);
        return [
          name,
          objectOf({ id: text, ...Object.fromEntries(next.map((other) => [`of${other}`, ref(other)])) }),
        ];
      }),
    );
    const { source, chars } = moduleOf({ '/a': getting(ref('Thing0')) }, { schemas: layers });
    const style = { rows: [], nulls: 'keep', hasBytes: false, versions: [], hasScopes: false } as const;
    const { getA } = operationsOf(source);
    const shown = screenSource(
      { name: 'shown', constant: 'shown', scopes: [] },
      [getA as clients.AnyOperation],
      style,
      [],
    );
    expect(source.length).toBeLessThan(3 * chars);
    expect(shown.length).toBeLessThan(3 * chars);
    expect(getA?.response?.safeParse(sampleOf(jsonSchemaOf(getA.response))).success).toBe(true);
  });

  test.each<[string, object, object]>([
    ['a shared answer', json(objectOf({ inner: objectOf(wide(40)) })), {}],
    ['an inline member of a base', json(ref('Heir')), { Base: objectOf({ inner: objectOf(wide(40)) }) }],
  ])('%s that many operations use is written only once', (_, answer, base) => {
    const heirs = Array.from({ length: 30 }, (_, index) => [
      `Heir${index}`,
      { allOf: [ref('Base'), objectOf({ [`own${index}`]: text })] },
    ]);
    const hasHeirs = Object.keys(base).length > 0;
    const each = (index: number) =>
      hasHeirs ? json(ref(`Heir${index}`)) : { $ref: '#/components/responses/Same' };
    const all = Object.fromEntries(
      heirs.map((_, index) => [`/a${index}`, { get: { responses: { 200: each(index) } } }]),
    );
    const { source } = moduleOf(all, {
      schemas: { ...base, ...Object.fromEntries(hasHeirs ? heirs : []) },
      responses: { Same: answer },
    });
    expect(source.split('"member39"')).toHaveLength(2);
  });
});

function wide(count: number): object {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`member${index}`, text]));
}
