import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { describedService } from '../../src/openapi/described-service.ts';
import { readDocument } from '../../src/openapi/document.ts';
import { serviceSource } from '../../src/source/service-source.ts';
import { documentFolder } from '../document-folder.ts';

jest.setTimeout(60_000);

const documents = documentFolder();
const { folder, file } = documents;
afterAll(() => documents.remove());

const head = 'openapi: 3.1.0\ninfo: { title: x, version: "1" }\n';
const answer = {
  responses: { 200: { description: 'ok', content: { 'application/json': { schema: { type: 'string' } } } } },
};
const root = { openapi: '3.0.3', info: { title: 'x', version: '1' } };
const path = { '/a': { get: answer } };
const bytes = (name: string, content: Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const names = async (given: string) =>
  describedService(await readDocument(given)).operations.map(({ name }) => name);
const sparse = file('huge.json', '');
truncateSync(sparse, 100 * 2 ** 20);
execFileSync('mkfifo', [join(folder, 'pipe')]);
const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const bomb = `${head}a: &a [x, x]\n${Array.from('bcdefghijklmnopqrstuvwxyz', (name, index) => `${name}: &${name} [*${'abcdefghijklmnopqrstuvwxyz'[index]}, *${'abcdefghijklmnopqrstuvwxyz'[index]}]`).join('\n')}\n`;

describe('a document is rejected with one line that gives the reason:', () => {
  test.each<[string, string, RegExp | string]>([
    ['a missing file', join(folder, 'none.yaml'), /^cannot read .*none\.yaml: ENOENT[^\n]*$/],
    ['a folder', folder, /^cannot read .*: it is a folder$/],
    ['a pipe', join(folder, 'pipe'), /^cannot read .*: it is not a file$/],
    ['a file of 100 MB', sparse, /^cannot read .*: it has 100 MB, and at most 32 are read$/],
    ['an empty file', file('empty', ''), /empty is empty$/],
    ['white space', file('space', ' \n'), /space is empty$/],
    [
      'a binary file',
      bytes('binary', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0xff)),
      /binary is not a text in UTF-8$/,
    ],
    ['a text with NUL', bytes('nul', Uint8Array.of(0x61, 0)), /nul is not a text in UTF-8$/],
    [
      'a text in another encoding',
      bytes('latin', Uint8Array.of(0x61, 0xe4, 0x62)),
      /latin is not a text in UTF-8$/,
    ],
    ['broken JSON', file('broken.json', '{"openapi": '), /broken\.json is neither JSON nor YAML: [^\n]+$/],
    ['broken YAML', file('broken.yaml', 'a: [b\nc: d'), /broken\.yaml is neither JSON nor YAML: [^\n]+$/],
    ['a text', file('text', 'hello'), /it is not a map$/],
    ['a list', file('list.json', '[{}]'), /it is not a map$/],
    ['YAML whose aliases explode', file('bomb.yaml', bomb), /neither JSON nor YAML: [^\n]*alias[^\n]*$/i],
    [
      'YAML with an alias within itself',
      file('cycle.yaml', `${head}paths: &p { /a: *p }\n`),
      /cycle\.yaml (has an alias inside its own anchor|is neither JSON nor YAML: [^\n]+)$/,
    ],
    [
      'JSON with a name twice',
      file('twice.json', `{"openapi":"3.1.0","paths":{"/a":{}},"paths":{}}`),
      /twice\.json has an object with two members of one name$/,
    ],
    [
      'YAML with a name twice',
      file('twice.yaml', `${head}paths: {}\npaths: {}\n`),
      /twice\.yaml is neither JSON nor YAML: Map keys must be unique[^\n]*$/,
    ],
    [
      'JSON 100,000 deep',
      file('deep.json', `{"openapi":"3.1.0","x":${deep(100_000)}}`),
      /deep\.json is (neither JSON nor YAML: it is )?nested (too|more than 3000) deep$/,
    ],
    [
      'YAML 100,000 deep',
      file('deep.yaml', `${head}x: ${deep(100_000)}\n`),
      /deep\.yaml is neither JSON nor YAML: [^\n]+$/,
    ],
    [
      'a document of another OpenAPI version',
      file('4.json', '{"openapi":"4.0.0"}'),
      /4\.json is not an OpenAPI 3 or Swagger 2\.0 document: openapi is 4\.0\.0$/,
    ],
    [
      'a document whose version is an object',
      file('object.json', '{"openapi":{"a":"\\n"}}'),
      /openapi is \[object Object\]$/,
    ],
    ['another kind of document', file('async.yaml', 'asyncapi: 3.0.0\n'), /openapi is undefined$/],
    ['Swagger 1.2', file('1.json', '{"swaggerVersion":"1.2","swagger":"1.2"}'), /openapi is 1\.2$/],
    ['a document whose paths are a list', file('paths.json', { ...root, paths: [] }), /paths is not a map$/],
    [
      'a document whose components are a text',
      file('components.json', { ...root, paths: {}, components: 'a' }),
      /components is not a map$/,
    ],
  ])('readDocument rejects %s with one line that gives the reason', async (_, given, reason) => {
    await expect(readDocument(given)).rejects.toThrow(reason);
  });
});

describe('a document is read', () => {
  const text = JSON.stringify({ ...root, paths: path });
  test.each<[string, string]>([
    ['in UTF-8 with a byte order mark', file('bom.json', `\ufeff${text}`)],
    ['in UTF-16, little endian', bytes('le.json', Buffer.from(`\ufeff${text}`, 'utf16le'))],
    ['in UTF-16, big endian', bytes('be.json', Buffer.from(`\ufeff${text}`, 'utf16le').swap16())],
    [
      'in YAML with anchors',
      file('anchor.yaml', `${head}x: &ok ${JSON.stringify(answer)}\npaths: { /a: { get: *ok } }\n`),
    ],
    [
      'in YAML with merged maps',
      file(
        'merge.yaml',
        `${head}x: &ok ${JSON.stringify(answer)}\npaths:\n  /a:\n    get:\n      <<: *ok\n      summary: x\n`,
      ),
    ],
    [
      'in YAML that begins with a brace',
      file('brace.yaml', `{ openapi: 3.1.0, paths: ${JSON.stringify(path)} }`),
    ],
    [
      'with a schema 1,000 deep',
      file('schema.json', {
        ...root,
        paths: path,
        components: {
          schemas: {
            Deep: Array.from({ length: 1_000 }).reduce(
              (inner) => ({ type: 'object', properties: { a: inner } }),
              { type: 'string' },
            ),
          },
        },
      }),
    ],
  ])('readDocument reads a document %s', async (_, given) => {
    expect(await names(given)).toEqual(['getA']);
  });

  test('a service can be generated from a document with a response schema of 1,000 levels', async () => {
    const schema = Array.from({ length: 1_000 }).reduce(
      (inner) => ({ type: 'object', properties: { a: inner } }),
      { type: 'string' },
    );
    const responses = { 200: { content: { 'application/json': { schema } } } };
    const described = describedService(
      await readDocument(file('used.json', { ...root, paths: { '/a': { get: { responses } } } })),
    );
    expect(serviceSource({ name: 'a', constant: 'a', address: 'http://a' }, described).source).toContain(
      'getA: get("/a"',
    );
  });
});

test('Swagger 2.0 is converted to OpenAPI 3', async () => {
  const swagger = {
    swagger: '2.0', info: { title: 'x', version: '1' }, host: 'a.test', basePath: '/v1', produces: ['application/json'], consumes: ['application/json'],
    paths: {
      '/things/{id}': {
        get: { operationId: 'read', parameters: [{ name: 'id', in: 'path', required: true, type: 'string' }, { name: 'l', in: 'query', type: 'array', items: { type: 'string' }, collectionFormat: 'multi' }, { name: 'c', in: 'query', type: 'array', items: { type: 'string' } }], responses: { 200: { description: 'ok', schema: { $ref: '#/definitions/Thing' } } } },
        put: { operationId: 'set', parameters: [{ name: 'id', in: 'path', required: true, type: 'string' }, { name: 'body', in: 'body', schema: { $ref: '#/definitions/Thing' } }], responses: { 204: { description: 'ok' } } },
        post: { operationId: 'send', parameters: [{ name: 'id', in: 'path', required: true, type: 'string' }, { name: 'file', in: 'formData', type: 'file' }], consumes: ['multipart/form-data'], responses: { 204: { description: 'ok' } } },
      },
    },
    definitions: { Thing: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } } },
  }; // prettier-ignore
  const described = describedService(await readDocument(file('swagger.json', swagger)));
  const { source } = serviceSource({ name: 'thing', constant: 'thing', address: 'http://a' }, described);
  expect(source).toContain(
    'read: get("/v1/things/{id}", { query: { "l": z.array(z.string()).optional(), "c": z.array(z.string()).optional() }, joined: { "c": "," }, response: thingModel })',
  );
  expect(source).toContain('set: put("/v1/things/{id}", { body: thingBody })');
  expect(described.skipped.map(({ request }) => request)).toEqual(['POST /things/{id}']);
});

describe('a reference to another file', () => {
  const inFile = ($ref: string) => ({
    '/a': {
      get: {
        responses: { 200: { description: 'ok', content: { 'application/json': { schema: { $ref } } } } },
      },
    },
  });
  const sourceOf = async (name: string, $ref: string) => {
    const described = describedService(await readDocument(file(name, { ...root, paths: inFile($ref) })));
    const { source, skipped } = serviceSource(
      { name: 'thing', constant: 'thing', address: 'http://a' },
      described,
    );
    return { source, reasons: [...described.skipped, ...skipped].map(({ reason }) => reason) };
  };

  test('a reference to a file in the folder of the document or below is followed', async () => {
    mkdirSync(join(folder, 'schemas'));
    file(
      'schemas/thing.yaml',
      'type: object\nproperties: { id: { type: string }, part: { $ref: "part.yaml#/Part" } }\n',
    );
    file('schemas/part.yaml', 'Part: { type: object, properties: { size: { type: integer } } }\n');
    const { source, reasons } = await sourceOf('bundled.json', 'schemas/thing.yaml');
    expect(reasons).toEqual([]);
    expect(source.replaceAll(/\s+/g, ' ')).toContain('"size": integer.optional()');
    expect(source).toContain('"id": z.string().optional()');
  });

  test.each([
    ['above the folder', '../../../../../etc/hostname.yaml'],
    ['behind a link out of the folder', 'link.yaml'],
    ['that does not exist', 'none.yaml'],
    ['on the web', 'https://a.test/thing.yaml'],
  ])(
    'a reference to a file %s is not followed, and operations that need the file are skipped',
    async (kind, $ref) => {
      if ($ref === 'link.yaml') symlinkSync('/etc/hostname', join(folder, 'link.yaml'));
      const { source, reasons } = await sourceOf(`${kind.replaceAll(' ', '-')}.json`, $ref);
      expect(source).toBe('');
      expect(reasons).toEqual([
        `${$ref} is in another file; bundle the document first: npx @redocly/cli bundle`,
      ]);
    },
  );
});
