import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Tree } from '@nx/devkit';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import {
  bffGenerator,
  removeBffGenerator,
  screenGenerator,
  serviceGenerator,
  writeGenerator,
} from '../src/index.ts';
import { appStyle } from '../src/workspace/app.ts';
import { developmentPort } from '../src/workspace/development-port.ts';
import { importFrom, registeredServices } from '../src/workspace/registry.ts';
import { documentFolder, parcelDocument } from './document-folder.ts';

const workspace = resolve(import.meta.dirname, '../../..');
const documents = documentFolder();
afterAll(() => documents.remove());
const openapi = documents.file('parcel.yaml', parcelDocument);

/** Any service, read and write of the registry: these tests must work with every product. */
const services = await registeredServices(workspace);
const operations = services.flatMap((each) => Object.values(each.operations));
const named = (isWanted: (method: string) => boolean): string => {
  const found = operations.find(({ method }) => isWanted(method));
  return `${found?.service}.${found?.name}`;
};
const [service = { name: '' }] = services;
/** Any app, its public port, and the apps whose rows need scopes. */
const apps = readdirSync(resolve(workspace, 'apps'));
const [app = ''] = apps;
const { bffs } = await importFrom<{ bffs: Record<string, { port: number; managementPort: number }> }>(
  workspace,
  'tools/demo-world/src/bffs.ts',
);
const { port = 0, managementPort = 0 } = bffs[app] ?? {};
const [taken = ''] = readdirSync(resolve(workspace, `apps/${app}/src/screens`)).map((file) =>
  file.replace(/\.ts$/, ''),
);
const read = named((method) => method === 'GET');
const write = named((method) => method !== 'GET');

/** Returns a tree that reads the workspace and records writes. */
function readOnly(root = workspace): { tree: Tree; written: string[] } {
  const written: string[] = [];
  const tree = {
    root,
    read: (path: string) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null),
    exists: (path: string) => existsSync(join(root, path)),
    isFile: (path: string) => statSync(join(root, path)).isFile(),
    children: (path: string) => readdirSync(join(root, path)),
    write: (path: string) => void written.push(path),
  } as unknown as Tree;
  return { tree, written };
}

const styles = await Promise.all(
  apps.map(async (each) => ({ each, ...(await appStyle(readOnly().tree, each)) })),
);
const scoped = styles.filter(({ hasScopes }) => hasScopes).map(({ each }) => each);

describe('service rejects and writes nothing for', () => {
  const file = documents.file;
  const headless = 'openapi: 3.1.0\ninfo: { title: x, version: "1" }\n';
  test.each<[string, string, string, string | RegExp, object?]>([
    ['a name that is taken', service.name, openapi, `there is a "${service.name}" already`],
    ['the name of another module of the services', 'index', openapi, 'there is a "index" already'],
    ['a reserved word', 'class', openapi, 'there is a "class" already'],
    ['a name that its module imports', 'get', openapi, 'there is a "get" already'],
    ['a path as a name', '../specimen', openapi, 'is not a name'],
    ['a name with capitals', 'Specimen', openapi, 'is not a name'],
    ['an empty name', '', openapi, 'is not a name'],
    [
      'a file that cannot be read',
      'specimen',
      join(documents.folder, 'none.yaml'),
      /cannot read .*none\.yaml: ENOENT/,
    ],
    [
      'an unknown operation',
      'specimen',
      openapi,
      /there is no operation "listParcel"; similar names: listParcels.*; --list names all/,
      { operations: 'listParcel' },
    ],
    ['an unknown tag', 'specimen', openapi, 'there is no tag "x"; --list names all', { tags: 'x' }],
    [
      'a document with 5,000 operations',
      'specimen',
      file('many.json', {
        openapi: '3.1.0',
        paths: Object.fromEntries(
          Array.from({ length: 5_000 }, (_, index) => [`/a${index}`, { delete: { responses: { 204: {} } } }]),
        ),
      }),
      'has 5000 operations, and at most 2000 are generated: choose with --operations or --tags; --list names all',
    ],
    [
      'a document without operations',
      'specimen',
      file('empty.yaml', `${headless}paths: {}\n`),
      'has no operation to call',
    ],
    [
      'a document without an operation that can be called',
      'specimen',
      file(
        'pdf.yaml',
        `${headless}paths: { /a: { get: { responses: { 200: { content: { application/pdf: {} } } } } } }\n`,
      ),
      /no operation to call\n {2}skipped: GET \/a: its answer is application\/pdf; clients read JSON/,
    ],
  ])('the generator service rejects %s and writes nothing', async (_, name, given, reason, choice = {}) => {
    const { tree, written } = readOnly();
    await expect(
      serviceGenerator(tree, { name, openapi: given, allowDirty: true, ...choice }),
    ).rejects.toThrow(reason);
    expect(written).toEqual([]);
    expect(existsSync(join(workspace, 'node_modules/.generators.lock'))).toBe(false);
  });
});

test('the generator service with --list writes nothing and requires no name', async () => {
  const { tree, written } = readOnly();
  const print = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  await serviceGenerator(tree, { openapi, list: true });
  const said = print.mock.calls.map(([text]) => text).join('');
  print.mockRestore();
  expect(said).toMatch(/^listParcels +GET \S+ .*usable$/m);
  expect(said).toMatch(/not usable: its answer is application\/pdf; clients read JSON$/m);
  expect(written).toEqual([]);
});

test('a service name whose development port is taken is rejected', () => {
  const port = developmentPort('specimen', []);
  const other = { ...services[0]!, name: 'other', address: `http://127.0.0.1:${port}` };
  expect(() => developmentPort('specimen', [...services, other])).toThrow(
    `the port of specimen in development would be ${port}, which other has: write another one into libs/services/src/other.ts, and run npx nx sync`,
  );
});

describe('screen rejects and writes nothing for', () => {
  const scopes = 'specimens:read';
  test.each([
    [
      'an unknown app',
      'specimens',
      'tv-bff',
      read,
      scopes,
      `there is no app "tv-bff"; there are ${apps.join(', ')}`,
    ],
    ['a path as an app', 'specimens', '../libs', read, scopes, 'there is no app'],
    ['a name that is taken', taken, app, read, scopes, `there is a "${taken}" already`],
    ['an invalid name', 'my specimens', app, read, scopes, 'is not a name'],
    ['an unknown service', 'specimens', app, 'box.all', scopes, 'there is no operation "box.all"'],
    ['an unknown operation', 'specimens', app, `${service.name}.all`, scopes, `; ${service.name} has `],
    [
      'a name that every object inherits',
      'specimens',
      app,
      `${service.name}.constructor`,
      scopes,
      'there is no operation',
    ],
    ['a service without an operation', 'specimens', app, service.name, scopes, 'write service.operation'],
    ['a write as a source', 'specimens', app, write, scopes, 'is a write'],
    ['a source that is named twice', 'specimens', app, `${read},${read}`, scopes, 'named twice'],
    ...scoped.map(
      (each) =>
        [
          'a screen without scopes in an app with scopes',
          'specimens',
          each,
          read,
          '',
          'need scopes: list them with --scopes',
        ] as const,
    ),
  ])('the generator screen rejects %s and writes nothing', async (_, name, of, sources, given, reason) => {
    const { tree, written } = readOnly();
    const options = { name, app: of, sources, scopes: given, allowDirty: true };
    await expect(screenGenerator(tree, options)).rejects.toThrow(reason);
    expect(written).toEqual([]);
  });

  test('the generator screen rejects a path that is taken and writes nothing', async () => {
    const { tree, written } = readOnly();
    const { rows } = await appStyle(tree, app);
    const path = rows.find(({ method }) => method === 'GET')?.path ?? '';
    const options = { name: 'specimens', app, sources: read, path, scopes, allowDirty: true };
    await expect(screenGenerator(tree, options)).rejects.toThrow(`there is a row "GET ${path}" already`);
    expect(written).toEqual([]);
  });
});

describe('write rejects and writes nothing for', () => {
  test.each([
    ['a read as the call', 'change', read, undefined, 'is a read'],
    ['an unknown operation', 'change', 'box.all', undefined, 'there is no operation'],
    ['an unknown screen', 'change', write, 'specimens', `${app} has no screen "specimens"; it has `],
    ['an invalid name', 'Change', write, undefined, 'is not a name'],
  ])('the generator write rejects %s and writes nothing', async (_, name, call, of, reason) => {
    const { tree, written } = readOnly();
    const options = {
      name,
      app,
      call,
      scopes: 'specimens:write',
      allowDirty: true,
      ...(of !== undefined && { of }),
    };
    await expect(writeGenerator(tree, options)).rejects.toThrow(reason);
    expect(written).toEqual([]);
  });
});

describe('bff rejects and writes nothing for', () => {
  const family = app.replace(/-bff$/, '');
  test.each([
    ['a name that is taken', app, app, 3999, `there is a "${family}" already`],
    ['the name of a service', `${service.name}-bff`, app, 3999, `there is a "${service.name}" already`],
    ['a name that does not end in -bff', 'specimen', app, 3999, 'is not the name of a BFF'],
    ['a name of two words', 'my-exhibit-bff', app, 3999, 'use one word and -bff'],
    ['an unknown app', 'exhibit-bff', 'tv-bff', 3999, 'there is no app "tv-bff"'],
    ['a name that every object inherits', 'exhibit-bff', 'constructor', 3999, 'there is no app'],
    [
      'a port that is taken',
      'exhibit-bff',
      app,
      port,
      `port ${port} with management port ${managementPort} is taken`,
    ],
    ['a management port above 65535', 'exhibit-bff', app, 60_000, 'is not a port'],
  ])('the generator bff rejects %s and writes nothing', async (_, name, like, given, reason) => {
    const { tree, written } = readOnly();
    await expect(bffGenerator(tree, { name, like, port: given, allowDirty: true })).rejects.toThrow(reason);
    expect(written).toEqual([]);
  });
});

describe('remove-bff rejects and writes nothing for', () => {
  test.each([
    ['an unknown app', 'tv-bff', 'there is no app "tv-bff"'],
    ['a path as an app', '../libs', 'there is no app'],
  ])('the generator remove-bff rejects %s and writes nothing', async (_, name, reason) => {
    const { tree, written } = readOnly();
    await expect(removeBffGenerator(tree, { name, allowDirty: true })).rejects.toThrow(reason);
    expect(written).toEqual([]);
  });

  test('the generator remove-bff rejects the only BFF and writes nothing', async () => {
    const { tree, written } = readOnly();
    const alone = { ...tree, children: () => [app] } as Tree;
    await expect(removeBffGenerator(alone, { name: app, allowDirty: true })).rejects.toThrow(
      `${app} is the only BFF`,
    );
    expect(written).toEqual([]);
  });
});

test('every generator rejects uncommitted changes unless --allow-dirty is given', async () => {
  const dirty = mkdtempSync(join(documents.folder, 'dirty-'));
  execFileSync('git', ['init', '--quiet'], { cwd: dirty });
  writeFileSync(join(dirty, 'file'), '');
  const { tree, written } = readOnly(dirty);
  const name = 'specimen';
  const all = [
    serviceGenerator(tree, { name, openapi }),
    screenGenerator(tree, { name, app, sources: read }),
    writeGenerator(tree, { name, app, call: write }),
    bffGenerator(tree, { name: 'exhibit-bff', like: app, port: 3999 }),
    removeBffGenerator(tree, { name: app }),
  ];
  for (const each of all) await expect(each).rejects.toThrow(/commit them, or add --allow-dirty/);
  expect(written).toEqual([]);
});
