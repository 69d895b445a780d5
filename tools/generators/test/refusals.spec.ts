import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Tree } from '@nx/devkit';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { bffGenerator, screenGenerator, serviceGenerator, writeGenerator } from '../src/index.ts';
import { appStyle } from '../src/workspace/app.ts';
import { developmentPort } from '../src/workspace/development-port.ts';
import { registeredServices } from '../src/workspace/registry.ts';
import { documentFolder, parcelDocument } from './document-folder.ts';

const workspace = resolve(import.meta.dirname, '../../..');
const documents = documentFolder();
afterAll(() => documents.remove());
const openapi = documents.file('parcel.yaml', parcelDocument);

/** Any service, read and write of the registry: nothing here depends on which there are. */
const services = await registeredServices(workspace);
const operations = services.flatMap((each) => Object.values(each.operations));
const named = (isWanted: (method: string) => boolean): string => {
  const found = operations.find(({ method }) => isWanted(method));
  return `${found?.service}.${found?.name}`;
};
const [service = { name: '' }] = services;
const [taken = ''] = readdirSync(resolve(workspace, 'apps/web-bff/src/screens')).map((file) =>
  file.replace(/\.ts$/, ''),
);
const read = named((method) => method === 'GET');
const write = named((method) => method !== 'GET');

/** A tree that reads the workspace, and records what would be written. */
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

describe('service refuses, and writes nothing', () => {
  const file = documents.file;
  const headless = 'openapi: 3.1.0\ninfo: { title: x, version: "1" }\n';
  test.each<[string, string, string, string | RegExp, object?]>([
    ['a name that is taken', service.name, openapi, `there is a "${service.name}" already`],
    ['the name of another module of the services', 'index', openapi, 'there is a "index" already'],
    ['a word of the language', 'class', openapi, 'there is a "class" already'],
    ['a name that its module imports', 'get', openapi, 'there is a "get" already'],
    ['a path', '../specimen', openapi, 'is not a name'],
    ['capitals', 'Specimen', openapi, 'is not a name'],
    ['no name', '', openapi, 'is not a name'],
    ['a file that cannot be read', 'specimen', join(documents.folder, 'none.yaml'), /cannot read .*none\.yaml: ENOENT/],
    ['an unknown operation', 'specimen', openapi, 'there is no operation "listParcel"; near it are listParcels; --list names all', { operations: 'listParcel' }],
    ['an unknown tag', 'specimen', openapi, 'there is no tag "x"; --list names all', { tags: 'x' }],
    ['5,000 operations', 'specimen', file('many.json', { openapi: '3.1.0', paths: Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`/a${index}`, { delete: { responses: { 204: {} } } }])) }), 'has 5000 operations, and at most 2000 are generated: choose with --operations or --tags; --list names all'],
    ['no operation', 'specimen', file('empty.yaml', `${headless}paths: {}\n`), 'has no operation to call'],
    ['no operation that can be called', 'specimen', file('pdf.yaml', `${headless}paths: { /a: { get: { responses: { 200: { content: { application/pdf: {} } } } } } }\n`), /no operation to call\n {2}passed over: GET \/a: its answer is application\/pdf; clients read JSON/],
  ])('%s', async (_, name, given, reason, choice = {}) => {
    const { tree, written } = readOnly();
    await expect(serviceGenerator(tree, { name, openapi: given, allowDirty: true, ...choice })).rejects.toThrow(reason);
    expect(written).toEqual([]);
    expect(existsSync(join(workspace, 'node_modules/.generators.lock'))).toBe(false);
  }); // prettier-ignore
});

test('--list writes nothing, and needs no name', async () => {
  const { tree, written } = readOnly();
  const print = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  await serviceGenerator(tree, { openapi, list: true });
  const said = print.mock.calls.map(([text]) => text).join('');
  print.mockRestore();
  expect(said).toMatch(/^listParcels +GET \S+ .*usable$/m);
  expect(said).toMatch(/not usable: its answer is application\/pdf; clients read JSON$/m);
  expect(written).toEqual([]);
});

test('a name whose development port another service has is refused', () => {
  const port = developmentPort('specimen', []);
  const other = { ...services[0]!, name: 'other', address: `http://127.0.0.1:${port}` };
  expect(() => developmentPort('specimen', [...services, other])).toThrow(
    `the port of specimen in development would be ${port}, which other has: write another one into libs/services/src/other.ts, and run npx nx sync`,
  );
});

describe('screen refuses, and writes nothing', () => {
  test.each([
    ['an unknown app', 'specimens', 'tv-bff', read, /there is no app "tv-bff"; there are .*web-bff/],
    ['a path as an app', 'specimens', '../libs', read, 'there is no app'],
    ['a name that is taken', taken, 'web-bff', read, `there is a "${taken}" already`],
    ['a name that is not one', 'my specimens', 'web-bff', read, 'is not a name'],
    ['an unknown service', 'specimens', 'web-bff', 'box.all', 'there is no operation "box.all"'],
    ['an unknown operation', 'specimens', 'web-bff', `${service.name}.all`, `; ${service.name} has `],
    ['a name of every object', 'specimens', 'web-bff', `${service.name}.constructor`, 'there is no operation'],
    ['a service alone', 'specimens', 'web-bff', service.name, 'write service.operation'],
    ['a write', 'specimens', 'web-bff', write, 'is a write'],
    ['one source twice', 'specimens', 'web-bff', `${read},${read}`, 'named twice'],
    ['an app that has scopes, without one', 'specimens', 'partner-bff', read, 'need scopes: say which with --scopes'],
  ])('%s', async (_, name, app, sources, reason) => {
    const { tree, written } = readOnly();
    await expect(screenGenerator(tree, { name, app, sources, allowDirty: true })).rejects.toThrow(reason);
    expect(written).toEqual([]);
  }); // prettier-ignore

  test('a path that is taken', async () => {
    const { tree, written } = readOnly();
    const { rows } = await appStyle(tree, 'web-bff');
    const path = rows.find(({ method }) => method === 'GET')?.path ?? '';
    const options = { name: 'specimens', app: 'web-bff', sources: read, path, allowDirty: true };
    await expect(screenGenerator(tree, options)).rejects.toThrow(`there is a row "GET ${path}" already`);
    expect(written).toEqual([]);
  });
});

describe('write refuses, and writes nothing', () => {
  test.each([
    ['a read', 'change', read, undefined, 'is a read'],
    ['an unknown operation', 'change', 'box.all', undefined, 'there is no operation'],
    ['an unknown screen', 'change', write, 'specimens', 'web-bff has no screen "specimens"; it has '],
    ['a name that is not one', 'Change', write, undefined, 'is not a name'],
  ])('%s', async (_, name, call, of, reason) => {
    const { tree, written } = readOnly();
    const options = { name, app: 'web-bff', call, allowDirty: true, ...(of !== undefined && { of }) };
    await expect(writeGenerator(tree, options)).rejects.toThrow(reason);
    expect(written).toEqual([]);
  });
});

describe('bff refuses, and writes nothing', () => {
  test.each([
    ['a name that is taken', 'web-bff', 'mobile-bff', 3999, 'there is a "web" already'],
    ['the name of a service', `${service.name}-bff`, 'mobile-bff', 3999, `there is a "${service.name}" already`],
    ['a name that does not end in -bff', 'specimen', 'mobile-bff', 3999, 'is not the name of a BFF'],
    ['two words', 'my-exhibit-bff', 'mobile-bff', 3999, 'use one word and -bff'],
    ['an unknown app', 'exhibit-bff', 'tv-bff', 3999, 'there is no app "tv-bff"'],
    ['a name of every object', 'exhibit-bff', 'constructor', 3999, 'there is no app'],
    ['a port that is taken', 'exhibit-bff', 'mobile-bff', 3003, 'port 3003 with management port 9103 is taken'],
    ['a management port above 65535', 'exhibit-bff', 'mobile-bff', 60_000, 'is not a port'],
  ])('%s', async (_, name, like, port, reason) => {
    const { tree, written } = readOnly();
    await expect(bffGenerator(tree, { name, like, port, allowDirty: true })).rejects.toThrow(reason);
    expect(written).toEqual([]);
  }); // prettier-ignore
});

test('every generator refuses changes that are not committed, unless --allow-dirty is given', async () => {
  const dirty = mkdtempSync(join(documents.folder, 'dirty-'));
  execFileSync('git', ['init', '--quiet'], { cwd: dirty });
  writeFileSync(join(dirty, 'file'), '');
  const { tree, written } = readOnly(dirty);
  const name = 'specimen';
  const all = [
    serviceGenerator(tree, { name, openapi }),
    screenGenerator(tree, { name, app: 'web-bff', sources: read }),
    writeGenerator(tree, { name, app: 'web-bff', call: write }),
    bffGenerator(tree, { name: 'exhibit-bff', like: 'web-bff', port: 3999 }),
  ];
  for (const each of all) await expect(each).rejects.toThrow(/commit them, or add --allow-dirty/);
  expect(written).toEqual([]);
});
