import { describe, expect, test } from '@jest/globals';
import { chooseOperations } from '../../src/openapi/choose-operations.ts';
import { describedService } from '../../src/openapi/described-service.ts';
import { documentOf } from '../../src/openapi/document.ts';
import { listOperations } from '../../src/openapi/list-operations.ts';

const ok = { responses: { 200: { content: { 'application/json': { schema: { type: 'string' } } } } } };
const described = describedService(
  documentOf({
    openapi: '3.1.0',
    info: {},
    paths: {
      '/things': {
        get: { operationId: 'listThings', tags: ['things', 'all'], ...ok },
        post: { operationId: 'addThing', tags: ['things'], responses: { 204: {} } },
      },
      '/parts': { get: { operationId: 'listParts', tags: ['parts'], ...ok } },
      '/picture': {
        get: {
          operationId: 'picture',
          tags: ['parts'],
          responses: { 200: { content: { 'image/png': {} } } },
        },
      },
    },
  }),
);
const names = (choice: { operations?: string; tags?: string }) =>
  chooseOperations(described, { operations: undefined, tags: undefined, ...choice }).operations.map(
    ({ name }) => name,
  );

test.each([
  [{}, ['listThings', 'addThing', 'listParts']],
  [{ operations: 'addThing, listParts' }, ['addThing', 'listParts']],
  [{ tags: 'things' }, ['listThings', 'addThing']],
  [{ tags: 'parts,all' }, ['listThings', 'listParts']],
  [{ tags: 'parts', operations: 'addThing' }, ['addThing', 'listParts']],
])('the choice %j selects %j', (choice, expected) => {
  expect(names(choice)).toEqual(expected);
});

test('a choice of operations names the skipped operations that it would have selected', () => {
  const skipped = (tags: string) =>
    chooseOperations(described, { operations: undefined, tags }).skipped.map(({ name }) => name);
  expect([skipped('parts'), skipped('things')]).toEqual([['picture'], []]);
});

describe('a choice is rejected with one line for', () => {
  test.each([
    [
      'an unknown operation',
      { operations: 'listThings,listPart' },
      'there is no operation "listPart"; similar names: listParts; --list names all',
    ],
    [
      'a name in another case',
      { operations: 'listthings' },
      'there is no operation "listthings"; similar names: listThings, addThing, listParts; --list names all',
    ],
    ['a name without similar ones', { operations: 'x' }, 'there is no operation "x"; --list names all'],
    ['an unknown tag', { tags: 'thing' }, 'there is no tag "thing"; similar names: things; --list names all'],
    [
      'an operation without a client',
      { operations: 'picture' },
      'picture cannot be generated: its answer is image/png; clients read JSON',
    ],
  ])('a choice with %s is rejected with one line', (_, choice, reason) => {
    expect(() => names(choice)).toThrow(reason);
  });
});

test('listOperations lists every operation with its request, its tags, and whether it is usable', () => {
  expect(listOperations(described)).toEqual([
    'listParts   GET /parts    parts       usable',
    'picture     GET /picture  parts       not usable: its answer is image/png; clients read JSON',
    'listThings  GET /things   things all  usable',
    'addThing    POST /things  things      usable',
  ]);
});
