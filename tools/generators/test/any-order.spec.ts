import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isTaken, until } from '@bff/testbed';
import { afterAll, expect, jest, test } from '@jest/globals';
import { readService, serviceFiles } from '../src/service.ts';
import { registeredServices } from '../src/workspace/registry.ts';
import { documentFolder } from './document-folder.ts';
import { copyWorkspace, type WorkspaceCopy } from './workspace-copy.ts';

/** Five times the duration on two idle cores. */
jest.setTimeout(600_000);

const documents = documentFolder();
const copies: WorkspaceCopy[] = [];
let fakes: ChildProcess | undefined;
afterAll(async () => {
  if (fakes?.exitCode === null) {
    const ended = once(fakes, 'exit');
    fakes.kill();
    await ended;
  }
  for (const each of copies) each.remove();
  documents.remove();
});

const names = [
  'specimen',
  'exhibit',
  'gallery',
  'curator',
  'loan',
  'ticket',
  'guided-tour',
  'museum-shop',
  'archive',
  'zoo',
];
const answer = {
  content: {
    'application/json': {
      schema: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
    },
  },
};
const documentOf = (name: string) =>
  documents.file(`${name}.json`, {
    openapi: '3.1.0',
    info: { title: name, version: '1' },
    paths: { [`/${name}s/{id}`]: { get: { responses: { 200: answer } } } },
  });

/** Creates a copy of the workspace, and adds the services one after the other. */
async function workspaceWith(order: readonly string[]): Promise<WorkspaceCopy> {
  const copy = copyWorkspace();
  copies.push(copy);
  const services = await registeredServices(resolve(import.meta.dirname, '../../..'));
  for (const name of order) {
    const index = readFileSync(join(copy.folder, 'libs/services/src/index.ts'), 'utf8');
    const { files = {} } = serviceFiles(name, await readService(documentOf(name)), services, index);
    for (const [file, text] of Object.entries(files)) writeFileSync(join(copy.folder, file), text);
  }
  copy.run('node_modules/.bin/nx', ['sync']);
  return copy;
}
const contents = (copy: WorkspaceCopy) =>
  Object.fromEntries(copy.changed().map((file) => [file, readFileSync(join(copy.folder, file), 'utf8')]));

test('ten services give the same tree in any order of addition', async () => {
  const [one, other] = [await workspaceWith(names), await workspaceWith(names.toReversed())];
  const [first, second] = [contents(one), contents(other)];
  // One file each, and the derived files.
  expect(Object.keys(first).length).toBeGreaterThan(names.length);
  expect(Object.keys(second).toSorted()).toEqual(Object.keys(first).toSorted());
  for (const [file, text] of Object.entries(first)) expect([file, second[file]]).toEqual([file, text]);
  expect(one.run('node_modules/.bin/nx', ['sync:check'])).toContain('up to date');
});

/**
 * Returns the lowest port from which the ports at all these distances are free, below the ephemeral range of
 * the system.
 */
async function firstOfFree(distances: readonly number[]): Promise<number> {
  const highest = Math.max(...distances);
  for (;;) {
    const first = randomInt(2_000, 32_700 - highest);
    const taken = await Promise.all(distances.map((distance) => isTaken(first + distance)));
    if (!taken.includes(true)) return first;
  }
}

test('each service address in compose is answered by the fake of that service', async () => {
  const [{ folder } = { folder: '' }] = copies;
  const compose = readFileSync(join(folder, 'docker/compose.yaml'), 'utf8');
  const addresses = new Map(
    [...compose.matchAll(/^ +([A-Z_]+)_SERVICE_URL: http:\/\/demo-services:(\d+)$/gm)].map(
      ([, variable = '', port]) => [variable.toLowerCase().replaceAll('_', '-'), Number(port)],
    ),
  );
  expect([...addresses.keys()]).toEqual(expect.arrayContaining(names));
  const lowest = Math.min(...addresses.values());
  // The ports keep their distances; other tests use the declared ports.
  const first = await firstOfFree([...addresses.values()].map((port) => port - lowest));
  const env = { PATH: process.env['PATH'], PORT: String(first), HOST: '127.0.0.1' };
  fakes = spawn(process.execPath, ['src/main.ts', 'all'], {
    cwd: join(folder, 'tools/demo-services'),
    env,
    stdio: 'ignore',
  });
  const calls = (name: string) =>
    fetch(`http://127.0.0.1:${(addresses.get(name) ?? 0) - lowest + first}/__calls`);
  await until(async () => {
    const all = await Promise.all(names.map((name) => calls(name).catch(() => undefined)));
    return all.every((each) => each?.ok);
  });
  for (const name of names)
    expect([name, await (await calls(name)).json()]).toEqual([name, { [`/${name}s/:id`]: 0 }]);
});
