import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { brokenProduct } from '../../src/broken/broken-product.ts';
import { measuredProduct } from '../../src/measured/measured-product.ts';

const root = resolve(import.meta.dirname, '../../../..');
type Operations = Readonly<Record<string, { readonly parameters?: readonly { readonly name: string }[] }>>;

describe.each(['web', 'mobile', 'partner'] as const)('the paths of %s-bff', (client) => {
  const file = resolve(root, `apps/${client}-bff/openapi.json`);
  const { paths } = JSON.parse(readFileSync(file, 'utf8')) as { paths: Readonly<Record<string, Operations>> };
  const documented = Object.keys(paths).filter((path) => 'get' in paths[path]!);
  const documentedPathOf = (path: string): string =>
    documented.find((each) => new RegExp(`^${each.replaceAll(/\{\w+\}/g, '[^/?]+')}(?:\\?|$)`).test(path)) ??
    `${path} is not documented`;

  const measured = measuredProduct.clients
    .filter(({ bff }) => bff === `${client}-bff`)
    .flatMap(({ screens }) => Object.values(screens).map(([path]) => path));
  const isolated = brokenProduct.isolation.pathsOf(client);

  // Does not compare with all documented paths: screens that an adopter adds are not part of the example.
  test('exactly the paths whose answers are measured in bytes are searched for words of another tenant', () => {
    expect(new Set(isolated.map(documentedPathOf))).toEqual(new Set(measured.map(documentedPathOf)));
  });

  test('the paths whose answers are measured in bytes are documented', () => {
    expect(measured.length).toBeGreaterThan(3);
    expect(measured.map(documentedPathOf).filter((path) => !documented.includes(path))).toEqual([]);
  });

  test('the paths that are read under load are documented', () => {
    const used = Object.values(brokenProduct.screensOf(client, 'somebody'));
    expect(used.map(documentedPathOf).filter((path) => !documented.includes(path))).toEqual([]);
  });
});

test('the tools that agents call under load are documented, with the arguments that they get and scopes that are granted', () => {
  const { 'x-tools': documented } = JSON.parse(
    readFileSync(resolve(root, 'apps/agent-bff/openapi.json'), 'utf8'),
  ) as {
    'x-tools': readonly {
      readonly name: string;
      readonly scopes: readonly string[];
      readonly inputSchema: { readonly properties: object };
    }[];
  };
  const { screens, change, marks, mark, scope } = brokenProduct.agent;
  const calls = [...Object.values(screens), change('v', {}), marks, mark('n')];
  for (const call of calls) {
    const tool = documented.find(({ name }) => name === call.name);
    expect(Object.keys(tool?.inputSchema.properties ?? {})).toEqual(
      expect.arrayContaining(Object.keys(call.arguments)),
    );
    expect(scope.split(' ')).toEqual(expect.arrayContaining([...(tool?.scopes ?? ['unknown'])]));
  }
});

test('the values for fuzzing belong to documented parameters', () => {
  const names = ['web', 'mobile', 'partner'].flatMap((client) => {
    const { paths } = JSON.parse(readFileSync(resolve(root, `apps/${client}-bff/openapi.json`), 'utf8')) as {
      paths: Readonly<Record<string, Operations>>;
    };
    return Object.values(paths).flatMap((operations) =>
      Object.values(operations).flatMap(({ parameters = [] }) => parameters.map(({ name }) => name)),
    );
  });
  expect(Object.keys(brokenProduct.fuzz.values).filter((name) => !names.includes(name))).toEqual([]);
});
