import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { get, service } from '@bff/upstream-clients';
import { z } from 'zod';
import { checkSource } from '../../src/source/check-source.ts';
import { screenSource } from '../../src/source/screen-source.ts';
import { withoutTypes } from './zod-of.ts';

const style = { rows: [], nulls: 'keep', hasBytes: false, versions: [], hasScopes: false } as const;
const workspace = resolve(import.meta.dirname, '../../../..');
const address = 'http://127.0.0.1:1';

/** A recursive schema as the generator writes it. */
const declaration = `
const rootMembers = z.object({ id: z.string(), children: z.array(z.lazy((): z.ZodType<Root> => root)) });
export interface Root extends z.output<typeof rootMembers> {}
const root: z.ZodType<Root> = rootMembers;
const owner = z.object({ name: z.string(), pet: z.lazy((): z.ZodType<Pet> => pet).optional() });
const petMembers = z.object({ tag: z.string(), owner: owner.optional() });
export interface Pet extends z.output<typeof petMembers> {}
const pet: z.ZodType<Pet> = petMembers;
const operations = {
  one: get('/trees/{id}', { response: root }),
  forest: get('/trees', { response: z.object({ items: z.array(root) }) }),
  nested: get('/nested', { response: z.object({ oak: root, pet }) }),
};`;
const { one, forest, nested } = service(
  'tree',
  { address },
  new Function('z', 'get', `${withoutTypes(declaration)}\nreturn operations;`)(z, get) as Record<
    'one' | 'forest' | 'nested',
    ReturnType<typeof get>
  >,
);

function screenOf(operation: Parameters<typeof screenSource>[1][number]) {
  const notes: string[] = [];
  const source = screenSource({ name: 'shown', constant: 'shown', scopes: [] }, [operation], style, notes);
  return { source, notes };
}

test.each([
  ['the answer contains itself', one, ['children'], 'z.object({ "id": z.string() })'],
  [
    'the rows of a list contain themselves',
    forest,
    ['children'],
    'z.object({ "trees": z.array(treesModel) })',
  ],
  [
    'members of the answer contain each other',
    nested,
    ['children', 'owner'],
    'z.object({ "oak": oakModel, "pet": petModel })',
  ],
])('a screen omits and reports recursive members when %s', (_, operation, members, answer) => {
  const { source, notes } = screenOf(operation);
  expect(notes.toSorted()).toEqual(
    members.map((member) => `without the member ${member}: it contains itself`),
  );
  expect(source).toContain(`answer: ${answer}`);
  expect(source).not.toContain('z.lazy');
});

test('the screens type-check with the service, whose members are recursive', () => {
  const [schemas, operations] = declaration.split('const operations = ') as [string, string];
  const files = Object.entries({ one, forest, nested }).map(([name, operation]) => [
    `libs/services/src/shown-${name}.ts`,
    screenOf(operation).source.replace("'@bff/services'", "'./tree.ts'"),
  ]);
  const tree = `import { get, service } from '@bff/upstream-clients';\nimport { z } from 'zod';\n${schemas}
export const tree = service('tree', { address: '${address}' }, ${operations.replace(/;$/, '')});\n`;
  expect(() =>
    checkSource(workspace, { 'libs/services/src/tree.ts': tree, ...Object.fromEntries(files) }),
  ).not.toThrow();
});
