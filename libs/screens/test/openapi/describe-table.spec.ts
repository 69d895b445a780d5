import { describe, expect, test } from '@jest/globals';
import { emptyAnswer, jsonAnswer, withMeta } from '@bff/shaping';
import { z } from 'zod';
import {
  describeTable,
  sameScreen,
  screen,
  screenTable,
  source,
  write,
  type Entry,
  type TableStyle,
} from '../../src/index.ts';
import { post, service } from '@bff/upstream-clients';
import { thing } from '../services.ts';
import { recentThings } from '../thing-screens.ts';

const owner = z.object({ name: z.string() }).meta({ id: 'Owner' });
const item = z
  .object({ id: z.string(), title: z.string().meta({ description: 'A line.' }), note: z.string().nullable() })
  .meta({ id: 'Thing' });
const style: TableStyle = {
  prefix: '/api',
  tagOf: ({ kind }) => kind,
  parametersOf: (entry) =>
    entry.kind === 'screen' && entry.list !== undefined ? [{ name: 'limit', in: 'query' }] : [],
  bodyTypesOf: ({ operation }) => [operation.contentType],
  answersOf: (entry, answerId) =>
    answerId === undefined
      ? { 204: emptyAnswer('Done') }
      : { [entry.kind === 'write' ? entry.status : 200]: jsonAnswer(entry.summary, answerId) },
  problemsOf: () => ['not-found', 'internal'],
  answerSchema: withMeta,
  receipts: { tag: 'write', parameters: [], headers: [], problems: ['internal'] },
};

const one = screen('thing', {
  summary: 'One thing',
  description: 'With its note.',
  tag: 'Things',
  problems: ['forbidden', 'not-found'],
  sources: { thing: source(thing.byId, { as: 'things', required: true }) },
  root: 'things[0]',
  answer: item,
});
const list = screen('things', {
  id: 'listThings',
  summary: 'Things',
  sources: {
    things: recentThings,
  },
  answer: z.object({ things: z.array(item), next_cursor: z.string().nullable() }),
});
const create = write('createThing', {
  summary: 'Create a thing',
  call: thing.create,
  screen: 'thing',
  resource: 'thing',
  root: 'things[0]',
  answer: item,
  status: 201,
});
const remove = write('removeThing', {
  summary: 'Remove',
  call: thing.remove,
  screen: 'thing',
  answerWith: 'none',
});
const table = screenTable({
  'GET /things/{id}': one,
  'GET /latest/{id}': sameScreen(one, { id: 'getLatestThing', summary: 'The latest' }),
  'GET /things': list,
  'POST /things': create,
  'DELETE /things/{id}': remove,
});

describe('the OpenAPI description of a table', () => {
  const described = describeTable(table, style);
  const { WriteReceipt, ...schemas } = described.schemas;
  const operations = described.operations.slice(0, table.rows.length);

  test('the description of a table has the receipt operation if the table has writes', () => {
    expect(described.operations.slice(table.rows.length)).toMatchObject([
      { id: 'getWriteReceipt', method: 'get', path: '/api/writes/{key}', tag: 'write' },
    ]);
    expect(WriteReceipt).toMatchObject({
      oneOf: ['applied', 'refused', 'in-flight'].map((state) => ({
        properties: { state: { const: state } },
      })),
    });
    const reading = { ...table, rows: table.rows.filter(({ method }) => method === 'GET') };
    expect(describeTable(reading, style).operations.map(({ id }) => id)).not.toContain('getWriteReceipt');
  });

  test('the description of a table has an operation for each row, with what the entry declares', () => {
    expect(operations.map(({ id, method, path, tag }) => [id, method, path, tag])).toEqual([
      ['getThing', 'get', '/api/things/{id}', 'Things'],
      ['getLatestThing', 'get', '/api/latest/{id}', 'Things'],
      ['listThings', 'get', '/api/things', 'screen'],
      ['createThing', 'post', '/api/things', 'write'],
      ['removeThing', 'delete', '/api/things/{id}', 'write'],
    ]);
    expect(operations[0]).toMatchObject({ summary: 'One thing', description: 'With its note.' });
    expect(operations[1]).toMatchObject({ summary: 'The latest' });
  });

  test('a described operation lists the problems of the family and of the entry once', () => {
    expect(operations.map(({ problems }) => problems)).toEqual([
      ['not-found', 'internal', 'forbidden'],
      ['not-found', 'internal', 'forbidden'],
      ...Array<string[]>(3).fill(['not-found', 'internal']),
    ]);
  });

  test('a described operation has the parameters of the family, and those of its path template', () => {
    expect(operations.map(({ parameters }) => parameters?.length)).toEqual([0, 0, 1, 0, 0]);
  });

  test('the description of a write has its body, in the request form, under its media types', () => {
    expect(operations[0]).not.toHaveProperty('body');
    expect(operations[3]?.body).toEqual({
      'application/json': {
        type: 'object',
        properties: {
          title: { type: 'string', minLength: 1 },
          note: { type: ['string', 'null'] },
        },
        required: ['title'],
      },
    });
  });

  test('a described operation refers to its answer schema by name, or to no schema when the answer has no body', () => {
    const reference = (id: string) =>
      expect.objectContaining({
        content: { 'application/json': { schema: { $ref: `#/components/schemas/${id}` } } },
      });
    expect(operations.map(({ answers }) => answers)).toEqual([
      { 200: reference('ThingAnswer') },
      { 200: reference('ThingAnswer') },
      { 200: reference('ThingsAnswer') },
      { 201: reference('ThingAnswer') },
      { 204: { description: 'Done' } },
    ]);
  });

  test('the description of a table has each schema with an id once, with optional members, without `additionalProperties`, and with `_meta` in answers only', () => {
    const members = {
      id: { type: 'string' },
      title: { type: 'string', description: 'A line.' },
      note: { type: ['string', 'null'] },
    };
    expect(schemas).toEqual({
      ThingAnswer: {
        type: 'object',
        properties: { ...members, _meta: { $ref: '#/components/schemas/Meta' } },
        required: ['_meta'],
      },
      Thing: { type: 'object', properties: members },
      ThingsAnswer: {
        type: 'object',
        properties: {
          things: { type: 'array', items: { $ref: '#/components/schemas/Thing' } },
          next_cursor: { type: ['string', 'null'] },
          _meta: { $ref: '#/components/schemas/Meta' },
        },
        required: ['_meta'],
      },
    });
  });

  test('the description of a table names operations and schemas as the family does', () => {
    const versioned = describeTable(table, {
      ...style,
      idOf: (id) => `${id}V2`,
      deprecated: true,
      securityOf: (entry: Entry) => [{ oauth: entry.scopes as never }],
    });
    expect(versioned.operations[0]).toMatchObject({
      id: 'getThingV2',
      deprecated: true,
      security: [{ oauth: [] }],
    });
    expect(Object.keys(versioned.schemas)).toContain('ThingAnswerV2');
  });
});

describe('a schema id', () => {
  let n = 0;
  const screenOf = (answer: z.ZodType) =>
    screen(`s${++n}`, {
      summary: 'x',
      sources: { a: source(thing.byId, { as: 'a', required: true }) },
      root: 'a',
      answer: answer as never,
    });
  const described = (first: z.ZodType, second: z.ZodType) =>
    describeTable(screenTable({ 'GET /a/{id}': screenOf(first), 'GET /b/{id}': screenOf(second) }), style)
      .schemas;

  test('several answers may share a schema id', () => {
    const schemas = described(z.object({ owner }), z.object({ owners: z.array(owner) }));
    expect(schemas['Owner']).toEqual({ type: 'object', properties: { name: { type: 'string' } } });
    expect(
      Object.values(schemas).filter((schema) =>
        JSON.stringify(schema).includes('#/components/schemas/Owner'),
      ),
    ).toHaveLength(2);
  });

  test('describing two different schemas with the same id throws', () => {
    const [first, second] = ['mail', 'name'].map((name) =>
      z.object({ inner: z.object({ [name]: z.string() }).meta({ id: 'Other' }) }),
    );
    expect(() => described(first!, second!)).toThrow('two schemas have the id "Other" and differ');
  });

  test('the id of a schema that refers to itself is kept', () => {
    const node = z
      .object({
        id: z.string(),
        get below() {
          return z.array(node);
        },
      })
      .meta({ id: 'Node' });
    const schemas = described(z.object({ tree: node }), z.object({}));
    expect(schemas['Node']).toMatchObject({
      properties: { below: { items: { $ref: '#/components/schemas/Node' } } },
    });
  });

  test('a recursive schema without an id becomes a component of its own, which has no `_meta`', () => {
    interface Tree {
      readonly name: string;
      readonly below?: readonly Tree[] | undefined;
    }
    const tree: z.ZodType<Tree> = z.lazy(() =>
      z.object({ name: z.string(), below: z.array(tree).optional() }),
    );
    const schemas = described(z.object({ tree }), z.object({ trees: z.array(tree) }));
    const parts = Object.entries(schemas).filter(([id]) => /Part\d+$/.test(id));
    expect(parts).toHaveLength(2);
    for (const [id, part] of parts)
      expect(part).toEqual({
        type: 'object',
        properties: {
          name: { type: 'string' },
          below: { type: 'array', items: { $ref: `#/components/schemas/${id}` } },
        },
      });
  });
});

describe('the body of a write', () => {
  const described = (body: z.ZodType) => {
    const call = service(
      'store',
      { address: 'http://127.0.0.1:1' },
      { put: post('/x', { body, response: item }) },
    ).put;
    const row = write('putThing', { summary: 'x', call, screen: 'things', answerWith: 'none' } as never);
    const { operations, schemas } = describeTable(screenTable({ 'POST /x': row }), style);
    return { schema: operations[0]?.body?.['application/json'], schemas };
  };

  test('the recursive body of a write, and each schema with an id in it, become components that no answer shares', () => {
    const node = z.object({
      name: z.string(),
      owner: owner.optional(),
      get parent() {
        return node.optional();
      },
    });
    const { schema, schemas } = described(node);
    const expected = {
      type: 'object',
      properties: {
        name: { type: 'string' },
        owner: { $ref: '#/components/schemas/PutThingBodyOwner' },
        parent: { $ref: '#/components/schemas/PutThingBodyPart' },
      },
      required: ['name'],
    };
    expect(schema).toEqual(expected);
    expect(schemas).toMatchObject({
      PutThingBodyPart: expected,
      PutThingBodyOwner: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
    });
  });
});
