import { expect, test } from '@jest/globals';
import { page, screen, screenTable, sensitive, source, write } from '@bff/screens';
import { del, get, patch, post, put, service } from '@bff/upstream-clients';
import { z } from 'zod';
import { documentedTools } from '../../src/declaration/documented-tools.ts';
import { inputSchemaOf } from '../../src/declaration/input.ts';
import { toolsOf } from '../../src/declaration/tool.ts';

const thing = z.object({
  id: z.string(),
  title: z.string().max(80),
  code: z.string(),
  parts: z.array(z.object({ id: z.string(), code: z.string() })),
});
const list = z.object({ items: z.array(thing), next_cursor: z.string().nullable() });
const things = service(
  'thing',
  { address: 'http://127.0.0.1:1' },
  {
    byId: get('/things/{id}', { response: thing }),
    list: get('/users/{userId}/things', {
      response: list,
      query: { cursor: z.string().optional(), limit: z.int() },
    }),
    add: post('/things', { body: z.object({ title: z.string() }), response: thing }),
    change: patch('/things/{id}', { body: z.object({ title: z.string() }), response: thing }),
    replace: put('/things/{id}', { body: z.object({ title: z.string() }), response: thing }),
    remove: del('/things/{id}'),
  },
);
const answer = z.object({
  id: z.string(),
  title: z.string().max(80).meta({ description: 'Short.' }),
  code: sensitive(z.string()),
  parts: z.array(z.object({ id: z.string(), code: sensitive(z.string()) })),
});
const one = screen('thing', {
  summary: 'One thing',
  description: 'With its parts',
  scopes: ['things:read'],
  sources: {
    thing: source(things.byId, {
      required: true,
      validator: true,
      members: ['id', 'title', 'code', 'parts'],
    }),
  },
  answer,
  bytes: { identity: 500, gzip: 500 },
});
const all = screen('things', {
  id: 'listThings',
  summary: 'Things',
  sources: {
    things: page(things.list, {
      as: 'things',
      take: ({ items }) => items,
      next: ({ next_cursor }) => next_cursor,
      required: true,
    }),
  },
  answer: z.object({ things: z.array(answer), next_cursor: z.string().nullable() }),
});
const table = screenTable({
  'GET /things': all,
  'GET /things/{id}': one,
  'POST /things': write('addThing', { summary: 'Add a thing', call: things.add, screen: 'thing', answer }),
  'PATCH /things/{id}': write('changeThing', {
    summary: 'Change it',
    call: things.change,
    of: one,
    ifMatch: true,
  }),
  'PUT /things/{id}': write('replaceThing', { summary: 'Replace it', call: things.replace, of: one }),
  'DELETE /things/{id}': write('removeThing', { summary: 'Remove it', call: things.remove, screen: 'thing' }),
});
const byName = new Map(toolsOf(table).map((tool) => [tool.name, tool]));

test('toolsOf derives one tool from each row of a table, named by the id of the entry', () => {
  expect([...byName.keys()]).toEqual([
    'listThings',
    'getThing',
    'addThing',
    'changeThing',
    'replaceThing',
    'removeThing',
  ]);
  expect(byName.get('getThing')).toMatchObject({
    description: 'One thing. With its parts',
    scopes: ['things:read'],
    maxBytes: 500,
  });
});

test.each([
  ['getThing', true, false, true],
  ['addThing', false, false, false],
  ['changeThing', false, true, false],
  ['replaceThing', false, true, true],
  ['removeThing', false, true, true],
])(
  'the annotations of the tool %s follow from the HTTP method of its row',
  (name, readOnlyHint, destructiveHint, idempotentHint) => {
    expect(byName.get(name)?.annotations).toEqual({
      readOnlyHint,
      destructiveHint,
      idempotentHint,
      openWorldHint: false,
    });
  },
);

test.each([
  ['listThings', ['limit', 'cursor', 'fields', 'since'], []],
  ['getThing', ['id', 'fields', 'since'], ['id']],
  ['addThing', ['body', 'idempotency_key'], ['body']],
  ['changeThing', ['id', 'body', 'version', 'idempotency_key'], ['id', 'body', 'version']],
  ['removeThing', ['id', 'idempotency_key', 'confirm'], ['id']],
])('the tool %s accepts the arguments of its row, and no others', (name, names, required) => {
  const { inputSchema } = byName.get(name)!;
  expect(Object.keys(inputSchema['properties'] as object)).toEqual(names);
  expect(inputSchema['required'] ?? []).toEqual(required);
  expect(inputSchema['additionalProperties']).toBe(false);
});

test('the output schema of a tool has neither sensitive members nor bounds', () => {
  expect(byName.get('getThing')?.outputSchema).toEqual({
    type: 'object',
    properties: {
      id: { type: 'string' },
      title: { type: 'string', description: 'Short.' },
      parts: { type: 'array', items: { type: ['object', 'null'], properties: { id: { type: 'string' } } } },
      _meta: { type: 'object' },
    },
    required: ['_meta'],
  });
  expect(byName.get('removeThing')?.outputSchema).toEqual({
    type: 'object',
    properties: { _meta: { type: 'object' } },
    required: ['_meta'],
  });
});

test.each(['get thing', 'getWriteReceipt'])(
  'the id "%s" is rejected, because it cannot be the name of a tool',
  (id) => {
    const [row] = table.rows;
    const named = { ...row!, entry: { ...row!.entry, id } } as typeof row & object;
    expect(() => toolsOf({ rows: [named], screenNames: [] })).toThrow(`"${id}" is not the name of a tool`);
  },
);

test('a reference in the schema of a recursive body is relative to that schema in tools/list, and to the whole document in OpenAPI', () => {
  const node = z.object({
    name: z.string(),
    get below() {
      return z.array(node);
    },
  });
  const call = service(
    'tree',
    { address: 'http://127.0.0.1:1' },
    { add: post('/trees', { body: node, response: thing }) },
  ).add;
  const rows = { 'POST /trees': write('addTree', { summary: 'Add a tree', call, screen: 'thing', answer }) };
  const tools = [...toolsOf(table), ...toolsOf(screenTable(rows))];
  const document = documentedTools(tools);
  const at = tools.length - 1;
  const below = (schema: any) => Object.values<any>(schema.$defs)[0].properties.below.items.$ref as string; // eslint-disable-line @typescript-eslint/no-explicit-any -- a JSON schema
  const name = Object.keys((inputSchemaOf(tools[at]!.input) as any).$defs)[0]!; // eslint-disable-line @typescript-eslint/no-explicit-any -- a JSON schema
  expect(below(inputSchemaOf(tools[at]!.input))).toBe(`#/$defs/${name}`);
  expect(below(document['x-tools'][at]!['inputSchema'])).toBe(`#/x-tools/${at}/inputSchema/$defs/${name}`);
});
