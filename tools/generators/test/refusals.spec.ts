import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Tree } from '@nx/devkit';
import { afterAll, describe, expect, test } from '@jest/globals';
import { bffGenerator, screenGenerator, upstreamGenerator } from '../src/index.ts';

/** Has what its readers have made: what is refused for another reason has a name that nobody takes. */
const workspace = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'refusals-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const parcel = readFileSync(resolve(import.meta.dirname, 'data/parcel.yaml'), 'utf8');
const openapi = file('parcel.yaml', parcel);

/** Reads the workspace, and keeps to itself what is written. */
function readOnly(root = workspace): { tree: Tree; written: string[] } {
  const written: string[] = [];
  const tree = {
    root,
    read: (path: string) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null),
    exists: (path: string) => existsSync(join(root, path)),
    children: (path: string) => readdirSync(join(root, path)),
    write: (path: string) => void written.push(path),
  } as unknown as Tree;
  return { tree, written };
}

describe('upstream is refused, and nothing is written', () => {
  test.each([
    ['a name that is taken', 'order', openapi, /there is a "order" already/],
    ['the name of a family', 'web', openapi, /there is a "web" already/],
    ['the name of a process', 'idp', openapi, /there is a "idp" already/],
    ['a word of the language', 'class', openapi, /there is a "class" already/],
    ['two words', 'specimen-box', openapi, /one word/],
    ['a path', '../specimen', openapi, /one word/],
    ['capitals', 'Specimen', openapi, /one word/],
    ['no such file', 'specimen', join(folder, 'none.yaml'), /cannot read .*none\.yaml: ENOENT/],
    ['a folder', 'specimen', folder, /cannot read .*EISDIR/],
    ['neither JSON nor YAML', 'specimen', file('broken.json', '{"openapi": '), /neither JSON nor YAML/],
    ['a text', 'specimen', file('text.yaml', 'hello'), /neither JSON nor YAML/],
    ['another version', 'specimen', file('2.json', '{"swagger":"2.0"}'), /is no OpenAPI 3\.0 or 3\.1/],
    ['an invalid document', 'specimen', file('invalid.yaml', parcel.replace('description: Parcels on their way', 'says: 1')), /is not valid:\n {2}error struct/],
    ['a reference that leads nowhere', 'specimen', file('lost.yaml', parcel.replace('    Parcel:\n', '    Box:\n')), /no-unresolved-refs/],
    ['nothing to call', 'specimen', file('empty.yaml', 'openapi: 3.1.0\ninfo: { title: x, version: "1" }\npaths: {}\n'), /has no operation to call/],
    ['two operations of one name', 'specimen', file('twice.yaml', parcel.replace('redirectParcel', 'list-parcels')), /two operations that would be named listParcels/],
    ['a schema that contains itself', 'specimen', file('self.yaml', parcel.replace('stops: { type: integer }', "next: { $ref: '#/components/schemas/Parcel' }")), /Parcel contains itself/],
  ])('%s', async (_, name, given, told) => {
    const { tree, written } = readOnly();
    await expect(upstreamGenerator(tree, { name, openapi: given, allowDirty: true })).rejects.toThrow(told);
    expect(written).toEqual([]);
  }); // prettier-ignore
});

describe('screen is refused, and nothing is written', () => {
  test.each([
    [
      'an unknown app',
      'specimens',
      'tv-bff',
      'user.profile',
      /there is no app "tv-bff"; there are .*mobile-bff/,
    ],
    ['a path as an app', 'specimens', '../libs', 'user.profile', /there is no app/],
    ['an app with versions', 'specimens', 'partner-bff', 'user.profile', /partner-bff has versions/],
    ['a name that is taken', 'orders', 'web-bff', 'user.profile', /there is a "orders" already/],
    ['two words', 'my-specimens', 'web-bff', 'user.profile', /one word/],
    ['an unknown service', 'specimens', 'web-bff', 'box.all', /there is no source "box\.all"/],
    ['an unknown operation', 'specimens', 'web-bff', 'user.all', /user has profile, preferences/],
    ['a name of every object', 'specimens', 'web-bff', 'user.constructor', /there is no source/],
    ['no operation', 'specimens', 'web-bff', 'user', /say service\.operation/],
    ['a write', 'specimens', 'web-bff', 'user.patchPreferences', /is a write/],
    ['a thing of its own', 'specimens', 'web-bff', 'order.byId', /something else than the user/],
    ['one source twice', 'specimens', 'web-bff', 'user.profile,user.profile', /named twice/],
  ])('%s', async (_, name, app, sources, told) => {
    const { tree, written } = readOnly();
    await expect(screenGenerator(tree, { name, app, sources, allowDirty: true })).rejects.toThrow(told);
    expect(written).toEqual([]);
  });
});

describe('a BFF is refused, and nothing is written', () => {
  test.each([
    ['a name that is taken', 'web-bff', 'mobile-bff', 3999, /there is a "web" already/],
    ['the name of a service', 'order-bff', 'mobile-bff', 3999, /there is a "order" already/],
    ['no name of a BFF', 'specimen', 'mobile-bff', 3999, /is no name of a BFF/],
    ['two words', 'my-exhibit-bff', 'mobile-bff', 3999, /one word/],
    ['an unknown app', 'exhibit-bff', 'tv-bff', 3999, /not like "tv-bff": there is no such app/],
    ['a name of every object', 'exhibit-bff', 'constructor', 3999, /there is no such app/],
    ['the app whose cookie would be shared', 'exhibit-bff', 'web-bff', 3999, /cookie __Host-bff/],
    ['the app with versions', 'exhibit-bff', 'partner-bff', 3999, /the audience partner-bff alone/],
    ['a port that is taken', 'exhibit-bff', 'mobile-bff', 3003, /port 3003 .* is taken/],
    ['a management port that is none', 'exhibit-bff', 'mobile-bff', 60_000, /is no port/],
  ])('%s', async (_, name, like, port, told) => {
    const { tree, written } = readOnly();
    await expect(bffGenerator(tree, { name, like, port, allowDirty: true })).rejects.toThrow(told);
    expect(written).toEqual([]);
  });
});

test('what is not committed is in the way, unless it is said not to be', async () => {
  const dirty = mkdtempSync(join(folder, 'dirty-'));
  execFileSync('git', ['init', '--quiet'], { cwd: dirty });
  writeFileSync(join(dirty, 'file'), '');
  const { tree, written } = readOnly(dirty);
  await expect(upstreamGenerator(tree, { name: 'specimen', openapi })).rejects.toThrow(/commit them, or say --allow-dirty/); // prettier-ignore
  await expect(screenGenerator(tree, { name: 'x1', app: 'a', sources: 'b.c' })).rejects.toThrow(
    /--allow-dirty/,
  );
  expect(written).toEqual([]);
});
