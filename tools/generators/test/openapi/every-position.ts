type Tree = { readonly [name: string]: unknown };

/** A place in a document: the name of a member, or a text. */
export interface Position {
  readonly kind: 'key' | 'value';
  readonly path: readonly string[];
}

const json = (schema: object) => ({
  content: {
    'application/json': { schema, example: 'example', examples: { one: { summary: 'one', value: 'value' } } },
  },
});
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** A document with every member of OpenAPI 3.1 whose name or value is a text. */
export const everyKind: Tree = {
  openapi: '3.1.0',
  jsonSchemaDialect: 'https://spec.openapis.org/oas/3.1/dialect/base',
  info: {
    title: 'Things', summary: 'summary', description: 'description', termsOfService: 'https://a.test', version: '1',
    contact: { name: 'name', url: 'https://a.test', email: 'a@a.test' }, license: { name: 'MIT', identifier: 'MIT' },
  },
  servers: [{ url: 'https://{host}/{base}', description: 'server', variables: { host: { default: 'a.test', enum: ['a.test'], description: 'host' }, base: { default: 'v1' } } }],
  tags: [{ name: 'tag', description: 'tag', externalDocs: { url: 'https://a.test', description: 'docs' } }],
  externalDocs: { url: 'https://a.test', description: 'docs' },
  security: [{ key: ['scope'] }],
  'x-extension': { member: 'text' },
  paths: {
    '/things/{thingId}/parts': {
      summary: 'item', description: 'item', servers: [{ url: '/v2' }],
      parameters: [{ $ref: '#/components/parameters/Id' }, { name: 'X-Item', in: 'header', schema: { type: 'string', enum: ['one'] }, required: true }],
      get: {
        operationId: 'listParts', summary: 'summary', description: 'description', tags: ['tag'], deprecated: true,
        externalDocs: { url: 'https://a.test', description: 'docs' },
        servers: [{ url: '/v3/{x}', variables: { x: { default: 'y' } } }],
        parameters: [
          { name: 'q', in: 'query', description: 'description', required: true, schema: { type: 'string', default: 'default', enum: ['default', 'b'], pattern: '^a$', format: 'date', title: 'title', description: 'd', example: 'e' }, example: 'example', examples: { one: { value: 'x', summary: 's' } } },
          { name: 'list', in: 'query', style: 'pipeDelimited', schema: { type: 'array', items: { type: 'string', enum: ['a'] } } },
          { name: 'deep', in: 'query', style: 'deepObject', schema: { type: 'object', properties: { inner: { type: 'string', default: 'd' } } } },
          { name: 'X-Level', in: 'header', required: true, schema: { const: 'constant' } },
          { name: 'session', in: 'cookie', schema: { type: 'string' } },
        ],
        responses: {
          200: { description: 'ok', headers: { 'X-Total': { description: 'total', schema: { type: 'string' } } }, links: { next: { operationId: 'other', parameters: { id: '$response.body#/id' }, description: 'link' } }, ...json(ref('Page')) },
          202: { description: 'later', content: { 'application/vnd.thing+json; v=1': { schema: ref('Thing') } } },
          default: { $ref: '#/components/responses/Problem' },
        },
        callbacks: { event: { '{$request.query.q}': { post: { responses: { 200: { description: 'ok' } } } } } },
        security: [{ key: ['scope'] }], 'x-own': 'text',
      },
      post: {
        operationId: 'addPart', tags: ['tag'],
        requestBody: { description: 'body', required: true, content: { 'application/merge-patch+json; p="q"': { schema: ref('Thing'), example: { id: 'x' } } } },
        responses: { '2XX': { description: 'made', ...json(ref('Thing')) } },
      },
    },
  },
  webhooks: { hook: { post: { operationId: 'hook', responses: { 200: { description: 'ok' } } } } },
  components: {
    parameters: { Id: { name: 'thingId', in: 'path', required: true, schema: { type: 'string' } } },
    responses: { Problem: { description: 'problem', ...json({ type: 'object', properties: { title: { type: 'string' } } }) } },
    securitySchemes: { key: { type: 'apiKey', name: 'key', in: 'header', description: 'key' } },
    schemas: {
      Page: { type: 'object', required: ['items', 'next'], properties: { items: { type: 'array', items: ref('Thing') }, next: { type: ['string', 'null'] } }, patternProperties: { '^x-': { type: 'string' } } },
      Thing: {
        title: 'Thing', description: 'description', $comment: 'comment', $id: 'https://a.test/thing', $anchor: 'thing', type: 'object', required: ['id', 'kind'],
        properties: {
          id: { type: 'string', title: 'id', format: 'uuid', pattern: '^a', example: 'x', examples: ['x'], default: 'd', contentMediaType: 'text/plain', contentEncoding: 'base64' },
          kind: { enum: ['a', 'b', 'c'], 'x-enum-varnames': ['A'] }, state: { const: 'open' }, parent: ref('Thing'),
          value: { oneOf: [ref('Cat'), ref('Dog')], discriminator: { propertyName: 'type', mapping: { cat: '#/components/schemas/Cat' } } },
          more: { type: 'object', additionalProperties: { type: 'string', enum: ['a'] } },
        },
        dependentRequired: { id: ['kind'] }, xml: { name: 'x', namespace: 'https://a.test', prefix: 'p' }, externalDocs: { url: 'https://a.test' }, example: { id: 'x' },
      },
      Cat: { type: 'object', required: ['type'], properties: { type: { type: 'string', enum: ['cat'] }, lives: { type: 'integer' } } },
      Dog: { allOf: [{ type: 'object', properties: { type: { type: 'string' } } }, { properties: { bark: { anyOf: [{ type: 'string' }, { type: 'boolean' }] } } }] },
    },
  },
}; // prettier-ignore

/** Returns every key and every text of a tree. */
export function positionsOf(tree: unknown, path: readonly string[] = []): readonly Position[] {
  if (typeof tree === 'string') return [{ kind: 'value', path }];
  if (tree === null || typeof tree !== 'object') return [];
  return Object.entries(tree).flatMap(([name, value]) => [
    ...(Array.isArray(tree) ? [] : [{ kind: 'key' as const, path: [...path, name] }]),
    ...positionsOf(value, [...path, name]),
  ]);
}

/** Replaces the text at one place of a tree. */
export function withTextAt(tree: Tree, { kind, path }: Position, text: string): Tree {
  const changed = (node: unknown, [name, ...rest]: readonly string[]): unknown => {
    if (name === undefined) return text;
    const entries = Object.entries(node as object).map(([key, value]) => {
      if (key !== name) return [key, value] as const;
      return kind === 'key' && rest.length === 0
        ? ([text, value] as const)
        : ([key, changed(value, rest)] as const);
    });
    return Array.isArray(node) ? entries.map(([, value]) => value) : fromEntries(entries);
  };
  return changed(tree, path) as Tree;
}

/** Creates an object like JSON.parse: `__proto__` becomes an own member. */
function fromEntries(entries: readonly (readonly [string, unknown])[]): object {
  const result = {};
  for (const [name, value] of entries)
    Object.defineProperty(result, name, { value, enumerable: true, configurable: true, writable: true });
  return result;
}
