import { describe, expect, test } from '@jest/globals';
import { describedService } from '../../src/openapi/described-service.ts';
import { documentOf } from '../../src/openapi/document.ts';
import { checkDeclaration } from '../../src/source/check-declaration.ts';
import { checkSource } from '../../src/source/check-source.ts';
import { serviceSource } from '../../src/source/service-source.ts';

const root = new URL('../../../..', import.meta.url).pathname.replace(/\/$/, '');

const schema = { type: 'object', required: ['a'], properties: { a: { type: 'string' } } };
const json = { content: { 'application/json': { schema } } };
const ok = { responses: { 200: json } };
const answer = 'response: z.object({ "a": z.string() })';

/** Generates the source of a document's operations, and the notes about skipped ones. */
function generated(paths: object, more: object = {}) {
  const info = { title: 'Things', version: '1' };
  const described = describedService(documentOf({ openapi: '3.1.0', info, paths, ...more }));
  const { operations, skipped } = checkDeclaration(described.operations);
  const { source, ...rest } = serviceSource(
    { name: 'thing', constant: 'thing', address: 'http://127.0.0.1:1' },
    { ...described, operations },
  );
  const lines = source.split(' }, {\n')[1]?.split('\n').slice(0, -2) ?? [];
  const notes = [
    ...[...described.skipped, ...skipped, ...rest.skipped].map(
      ({ request, reason }) => `${request}: ${reason}`,
    ),
    ...operations.flatMap((each) => each.notes),
  ];
  return { source, lines, notes };
}
const inQuery = (name: string, parameter: object, more: object = {}) => ({
  name,
  in: 'query',
  schema: parameter,
  ...more,
});
const text = { type: 'string' };

describe('an operation', () => {
  test.each<[string, object, string]>([
    ['GET', { '/a': { get: { operationId: 'read', ...ok } } }, `read: get("/a", { ${answer} }),`],
    [
      'POST with a body',
      { '/a': { post: { operationId: 'add', requestBody: json, responses: { 201: json } } } },
      `add: post("/a", { body: z.object({ "a": z.string() }), ${answer} }),`,
    ],
    [
      'PUT without an answer',
      { '/a': { put: { operationId: 'set', requestBody: json, responses: { 204: {} } } } },
      'set: put("/a", { body: z.object({ "a": z.string() }) }),',
    ],
    [
      'PATCH with a media type',
      {
        '/a': {
          patch: {
            operationId: 'change',
            requestBody: { content: { 'application/merge-patch+json': { schema } } },
            ...ok,
          },
        },
      },
      `change: patch("/a", { body: z.object({ "a": z.string() }), contentType: "application/merge-patch+json", ${answer} }),`,
    ],
    [
      'DELETE',
      { '/a/{id}': { delete: { operationId: 'remove', responses: { 204: {} } } } },
      'remove: del("/a/{id}"),',
    ],
    [
      'a +json answer',
      {
        '/a': {
          get: {
            operationId: 'read',
            responses: { 200: { content: { 'application/hal+json; v=1': { schema } } } },
          },
        },
      },
      `read: get("/a", { accept: "application/hal+json; v=1", ${answer} }),`,
    ],
    [
      'an answer of any type',
      { '/a': { get: { operationId: 'read', responses: { '2XX': { content: { '*/*': { schema } } } } } } },
      `read: get("/a", { ${answer} }),`,
    ],
    [
      'a default answer',
      { '/a': { get: { operationId: 'read', responses: { default: json } } } },
      `read: get("/a", { ${answer} }),`,
    ],
    [
      'a name that is a reserved word',
      { '/a': { get: { operationId: 'delete', ...ok } } },
      `delete: get("/a", { ${answer} }),`,
    ],
    [
      'a name that begins with a digit',
      { '/a': { get: { operationId: '2fa_status', ...ok } } },
      `get2faStatus: get("/a", { ${answer} }),`,
    ],
    [
      'a name that is not ASCII',
      { '/a': { get: { operationId: '航班', ...ok } } },
      `getA: get("/a", { ${answer} }),`,
    ],
    ['no name', { '/a/{id}/parts': { get: ok } }, `getParts: get("/a/{id}/parts", { ${answer} }),`],
    [
      'path parameters with odd names',
      { '/a/{user-id}/{2}/{class}': { get: { operationId: 'read', ...ok } } },
      `read: get("/a/{userId}/{parameter2}/{class}", { ${answer} }),`,
    ],
    [
      'a path parameter with the name of a query parameter',
      { '/a/{id}': { get: { operationId: 'read', parameters: [inQuery('id', text)], ...ok } } },
      `read: get("/a/{id2}", { query: { "id": z.string().optional() }, ${answer} }),`,
    ],
    [
      'typed query parameters',
      {
        '/a': {
          get: {
            operationId: 'read',
            parameters: [
              inQuery('n', { type: 'integer' }, { required: true }),
              inQuery('b', { type: 'boolean' }),
              inQuery('l', { type: 'array', items: text }),
              inQuery('a b&c', text),
            ],
            ...ok,
          },
        },
      },
      `read: get("/a", { query: { "n": z.int(), "b": z.boolean().optional(), "l": z.array(z.string()).optional(), "a b&c": z.string().optional() }, ${answer} }),`,
    ],
    [
      'a parameter that the operation overrides',
      {
        '/a': {
          parameters: [inQuery('page', text)],
          get: { operationId: 'read', parameters: [inQuery('page', { type: 'integer' })], ...ok },
        },
      },
      `read: get("/a", { query: { "page": z.int().optional() }, ${answer} }),`,
    ],
    [
      'a required header parameter',
      {
        '/a': {
          get: {
            operationId: 'read',
            parameters: [{ name: 'X-Version', in: 'header', required: true, schema: text }],
            ...ok,
          },
        },
      },
      `read: get("/a", { headers: { "X-Version": z.string() }, ${answer} }),`,
    ],
    [
      'header fields that the pipeline sets',
      {
        '/a': {
          post: {
            operationId: 'add',
            parameters: [{ name: 'Authorization', in: 'header', required: true, schema: text }],
            responses: { 204: {} },
          },
        },
      },
      'add: post("/a"),',
    ],
    [
      'a required header with one value',
      {
        '/a': {
          get: {
            operationId: 'read',
            parameters: [
              { name: 'X-Version', in: 'header', required: true, schema: { type: 'string', enum: ['2"'] } },
            ],
            ...ok,
          },
        },
      },
      `read: get("/a", { headers: { "X-Version": z.literal("2\\"").default("2\\"") }, ${answer} }),`,
    ],
    [
      'a required parameter with a default',
      {
        '/a': {
          get: {
            operationId: 'read',
            parameters: [inQuery('n', { type: 'integer', default: 3 }, { required: true })],
            ...ok,
          },
        },
      },
      `read: get("/a", { query: { "n": z.int().default(3) }, ${answer} }),`,
    ],
    [
      'arrays that are one value',
      {
        '/a': {
          get: {
            operationId: 'read',
            parameters: [
              inQuery('c', { type: 'array', items: text }, { explode: false }),
              inQuery(
                'p',
                { type: 'array', items: { type: 'integer' } },
                { style: 'pipeDelimited', required: true },
              ),
              inQuery('s', { type: 'array', items: text }, { style: 'spaceDelimited' }),
              inQuery('e', { type: 'array', items: text }, { style: 'pipeDelimited', explode: true }),
            ],
            ...ok,
          },
        },
      },
      `read: get("/a", { query: { "c": z.array(z.string()).optional(), "p": z.array(z.int()), "s": z.array(z.string()).optional(), "e": z.array(z.string()).optional() }, joined: { "c": ",", "p": "|", "s": " " }, ${answer} }),`,
    ],
    [
      'a deep object',
      {
        '/a': {
          get: {
            operationId: 'read',
            parameters: [
              inQuery(
                'f',
                { type: 'object', required: ['a'], properties: { a: text, b: { type: 'boolean' } } },
                { style: 'deepObject', explode: true, required: true },
              ),
            ],
            ...ok,
          },
        },
      },
      `read: get("/a", { query: { "f[a]": z.string(), "f[b]": z.boolean().optional() }, ${answer} }),`,
    ],
    [
      'an object whose members are parameters',
      {
        '/a': {
          get: {
            operationId: 'read',
            parameters: [
              inQuery('f', { type: 'object', properties: { a: text, l: { type: 'array', items: text } } }),
            ],
            ...ok,
          },
        },
      },
      `read: get("/a", { query: { "a": z.string().optional(), "l": z.array(z.string()).optional() }, ${answer} }),`,
    ],
    [
      'answers of two JSON types',
      {
        '/a': {
          get: {
            operationId: 'read',
            responses: {
              200: { content: { 'application/hal+json': { schema } } },
              203: { content: { 'application/vnd.x+json': { schema } } },
            },
          },
        },
      },
      `read: get("/a", { accept: "application/hal+json, application/vnd.x+json", ${answer} }),`,
    ],
    [
      'a choice of JSON types',
      {
        '/a': {
          get: {
            operationId: 'read',
            responses: { 200: { content: { 'application/hal+json': {}, 'application/json': { schema } } } },
          },
        },
      },
      `read: get("/a", { ${answer} }),`,
    ],
    [
      'a media type that would break out of a header field',
      {
        '/a': {
          get: {
            operationId: 'read',
            responses: { 200: { content: { 'application/hal+json; a="\r\nX: 1"': { schema } } } },
          },
        },
      },
      `read: get("/a", { accept: "application/hal+json", ${answer} }),`,
    ],
    [
      'a path item whose operation overrides by name and place',
      {
        '/a/{id}': {
          parameters: [
            inQuery('id', text, { required: true }),
            { name: 'X-A', in: 'header', required: true, schema: text },
          ],
          get: {
            operationId: 'read',
            parameters: [
              inQuery('id', { type: 'integer' }),
              { name: 'x-a', in: 'header', schema: { type: 'integer' } },
            ],
            ...ok,
          },
        },
      },
      `read: get("/a/{id2}", { query: { "id": z.int().optional() }, headers: { "x-a": z.int().optional() }, ${answer} }),`,
    ],
    [
      'quotes in its path',
      { "/items('{id}')": { get: { operationId: 'read', ...ok } } },
      `read: get("/items('{id}')", { ${answer} }),`,
    ],
  ])('an operation with %s is generated', (_, paths, expected) => {
    expect(generated(paths)).toMatchObject({ lines: [expected], notes: [] });
  });

  test('a generated operation has its summary as a comment', () => {
    const { lines } = generated({
      '/a': { get: { operationId: 'read', summary: 'One\n*/ thing', deprecated: true, ...ok } },
    });
    expect(lines[0]).toBe('/** Deprecated. One * / thing */');
  });

  test('the generator adds a note for each required header field that callers pass as a call option', () => {
    const parameters = ['Idempotency-Key', 'If-Match'].map((name) => ({
      name,
      in: 'header',
      required: true,
      schema: text,
    }));
    expect(
      generated({ '/a': { post: { operationId: 'add', parameters, responses: { 204: {} } } } }),
    ).toMatchObject({
      lines: ['add: post("/a"),'],
      notes: [
        'requires the header parameter Idempotency-Key: pass it as the call option idempotencyKey',
        'requires the header parameter If-Match: pass it as the call option ifMatch',
      ],
    });
  });

  test('a generated operation has a unique identifier that compiles, whatever the name of the operation', () => {
    const given = [
      'delete',
      'class',
      '2fa',
      '航班',
      '',
      'then',
      '__proto__',
      'constructor',
      'toString',
      'a-b',
      'a_b',
      'aB',
      'über uns',
      'A',
      'service',
      'z',
      'get',
      'thing',
    ];
    const paths = Object.fromEntries(
      given.map((operationId, index) => [`/a${index}`, { get: { operationId, ...ok } }]),
    );
    const { source, lines, notes } = generated(paths);
    expect(lines.map((line) => line.split(':')[0])).toEqual([
      'delete',
      'class',
      'get2fa',
      'getA3',
      'getA4',
      'thenOperation',
      'proto',
      'constructorOperation',
      'toString',
      'aB',
      'aB2',
      'aB3',
      'uberUns',
      'a',
      'service',
      'z',
      'get',
      'thing',
    ]);
    expect(notes).toEqual([]);
    expect(() => checkSource(root, { 'libs/services/src/names.ts': source })).not.toThrow();
  });

  test('a generated operation has a numbered name when another operation has the same name', () => {
    const { lines } = generated({ '/a': { get: ok }, '/b/a': { get: ok } });
    expect(lines.map((line) => line.split(':')[0])).toEqual(['getA', 'getA2']);
  });
});

test.each([
  [
    'a path with variables',
    { url: 'https://{host}/{base}/', variables: { base: { default: 'v2' } } },
    '/v2/a',
  ],
  [
    'a variable as the scheme',
    { url: '{scheme}://x.test/v1', variables: { scheme: { default: 'https' } } },
    '/v1/a',
  ],
  ['a relative path', { url: '/api' }, '/api/a'],
  ['no address', undefined, '/a'],
])('the path of the server precedes the path of an operation for a server with %s', (_, server, path) => {
  const { source } = generated({ '/a': { get: ok } }, { servers: server && [server] });
  expect(source).toContain(`get("${path}"`);
});

describe('a note is written for', () => {
  const get = (operation: object) => ({ '/a': { get: operation } });
  const post = (content: object) => ({ '/a': { post: { requestBody: { content }, ...ok } } });
  test.each<[string, object, string]>([
    [
      'a form',
      post({ 'multipart/form-data': {} }),
      'POST /a: its body is multipart/form-data; clients send JSON',
    ],
    [
      'an answer that is not JSON',
      get({ responses: { 200: { content: { 'text/csv': {} } } } }),
      'GET /a: its answer is text/csv; clients read JSON',
    ],
    ['a missing answer body', get({ responses: { 204: {} } }), 'GET /a: no successful answer has a body'],
    [
      'a required cookie',
      get({ parameters: [{ name: 'sid', in: 'cookie', required: true }], ...ok }),
      'GET /a: it requires the cookie parameter sid: clients send no cookies',
    ],
    [
      'a required object in the query',
      get({ parameters: [inQuery('q', { type: 'object' }, { required: true })], ...ok }),
      'GET /a: it requires the query parameter q: its value is an object with any member names',
    ],
    [
      'a required object in an object in the query',
      get({
        parameters: [
          inQuery(
            'q',
            { type: 'object', properties: { a: { type: 'object', properties: { b: text } } } },
            { required: true },
          ),
        ],
        ...ok,
      }),
      'GET /a: it requires the query parameter q: its member a is an object or a list',
    ],
    [
      'a required object that is one value',
      get({
        parameters: [
          inQuery('q', { type: 'object', properties: { a: text } }, { required: true, explode: false }),
        ],
        ...ok,
      }),
      'GET /a: it requires the query parameter q: its value is an object',
    ],
    [
      'a path parameter in another style',
      get({ parameters: [{ name: 'a', in: 'path', required: true, style: 'matrix', schema: text }], ...ok }),
      'GET /a: it requires the path parameter a: its style is matrix',
    ],
    ['a path with a query', { '/a?b=1': { get: ok } }, 'GET /a?b=1: its path has a query or a fragment'],
    [
      'a path item that leads nowhere',
      { '/a': { $ref: '#/components/lost' } },
      '/a: #/components/lost leads nowhere',
    ],
    [
      'a schema in another file',
      get({ responses: { 200: { content: { 'application/json': { schema: { $ref: 'b.yaml' } } } } } }),
      'GET /a: b.yaml is in another file; bundle the document first: npx @redocly/cli bundle',
    ],
  ])('a note is written for an operation that is skipped because of %s', (_, paths, note) => {
    expect(generated({ ...paths, '/other': { get: ok } }).notes).toEqual([note]);
  });

  test('a note is written for an operation that is skipped because a variable in the server path has no default', () => {
    expect(generated(get(ok), { servers: [{ url: 'https://x.test/{base}' }] }).notes).toEqual([
      'GET /a: the address of its server cannot be read, or a variable in it has no default: https://x.test/{base}',
    ]);
  });

  test('a note is written for an answer without content beside an answer with JSON', () => {
    const { lines, notes } = generated(get({ operationId: 'read', responses: { 200: {}, 202: json } }));
    expect(lines).toEqual([`read: get("/a", { ${answer} }),`]);
    expect(notes).toEqual(['an answer without content counts as a failure of a read']);
  });

  test('a note is written for an optional parameter that is omitted because clients cannot send it', () => {
    const { notes } = generated(get({ parameters: [inQuery('q', { type: 'object' })], ...ok }));
    expect(notes).toEqual(['without the query parameter q: its value is an object with any member names']);
  });
});

test('source that does not compile is rejected with the line and the reason', () => {
  expect(() => checkSource(root, { 'libs/services/src/broken.ts': 'export const a: string = 1;\n' })).toThrow(
    /does not compile.*libs\/services\/src\/broken\.ts:1: export const a: string = 1;: Type 'number' is not assignable/,
  );
});

test.each<[string, object, string]>([
  [
    'the example of a media type',
    { schema: { $ref: '#/components/schemas/A' }, example: { a: 'x' } },
    'aModel.meta({ example: {"a":"x"} })',
  ],
  [
    'the first example of a media type',
    { schema: text, examples: { one: { value: 'x' }, two: { value: 'y' } } },
    'z.string().meta({ example: "x" })',
  ],
  [
    'the example of a schema',
    { schema: { type: 'string', nullable: true, example: 'x' } },
    'z.string().nullable().meta({ example: "x" })',
  ],
  [
    'the example of a member',
    { schema: { type: 'object', properties: { n: { type: 'integer', default: 3 } } } },
    'z.object({ "n": integer.meta({ example: 3 }).optional() })',
  ],
  [
    'a sample instead of an example that does not match the schema',
    { schema: text, example: 5 },
    'z.string()',
  ],
  [
    'a sample instead of an example that lacks a required member',
    { schema, example: {} },
    answer.replace('response: ', ''),
  ],
  [
    'a sample instead of an example that would be a prototype',
    { schema: {}, example: JSON.parse('{"__proto__":{}}') },
    'z.unknown()',
  ],
])('the fake of a service answers %s', (_, media, expected) => {
  const components = { schemas: { A: schema } };
  const content = { 'application/json': media };
  const { lines } = generated(
    { '/a': { get: { operationId: 'read', responses: { 200: { content } } } } },
    { components },
  );
  expect(lines).toEqual([`read: get("/a", { response: ${expected} }),`]);
});

test('a referenced schema has its example at its declaration', () => {
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/B' } } };
  const components = { schemas: { B: { ...schema, example: { a: 'y' } } } };
  const { source } = generated({ '/a': { get: { responses: { 200: { content } } } } }, { components });
  expect(source).toContain('const bModel = z.object({ "a": z.string() }).meta({ example: {"a":"y"} });');
});
