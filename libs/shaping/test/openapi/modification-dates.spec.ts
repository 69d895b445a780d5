import { expect, test } from '@jest/globals';
import { apiParameters, describeApi, emptyAnswer, jsonAnswer, type ApiOperation } from '../../src/index.ts';

const read: ApiOperation = {
  id: 'getThing',
  method: 'get',
  path: '/thing',
  tag: 'Things',
  summary: 'One thing',
  parameters: [apiParameters.ifNoneMatch],
  answers: {
    200: jsonAnswer('The thing', 'Thing', ['ETag', 'BFF-Degraded']),
    226: emptyAnswer('The difference', ['ETag']),
    304: emptyAnswer('You have it already', ['ETag']),
  },
  problems: [],
};
const unconditional = { ...read, id: 'listThings', path: '/things', parameters: [] } as const;
const write = { ...read, id: 'changeThing', method: 'patch' } as const;

interface Documented {
  readonly parameters: readonly { readonly name: string }[];
  readonly responses: Readonly<Record<string, { readonly headers?: object }>>;
}

test('the description of a read with If-None-Match also has If-Modified-Since and Last-Modified, that of a write or a delta does not', () => {
  const document = describeApi({
    info: { title: 't', version: '1', summary: 's', description: 'd' },
    tags: { Things: 'Things' },
    securitySchemes: {},
    operations: [read, unconditional, write],
    headers: { ETag: { schema: { type: 'string' } } },
    schemas: {},
  });
  const paths = document['paths'] as Readonly<Record<string, Readonly<Record<string, Documented>>>>;
  const headersOf = (path: string, method: string, status: number) =>
    Object.keys(paths[path]![method]!.responses[status]!.headers ?? {});

  const { parameters } = paths['/thing']!['get']!;
  expect(parameters.map(({ name }) => name)).toEqual(['If-None-Match', 'If-Modified-Since']);
  expect(headersOf('/thing', 'get', 200)).toEqual(['ETag', 'Last-Modified', 'BFF-Degraded']);
  expect(headersOf('/thing', 'get', 304)).toEqual(['ETag', 'Last-Modified']);
  expect(headersOf('/thing', 'get', 226)).toEqual(['ETag']);
  expect(headersOf('/things', 'get', 200)).not.toContain('Last-Modified');
  expect(headersOf('/thing', 'patch', 200)).not.toContain('Last-Modified');
  expect(document['components']).toMatchObject({
    headers: { 'Last-Modified': { schema: { type: 'string' } } },
  });
});
