import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';

const folder = mkdtempSync(join(tmpdir(), 'sync-processes-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A process with a folder as storage, which adds ten writes. */
const program = `
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createWriteQueue, leaseLock } from ${JSON.stringify(pathToFileURL(resolve(import.meta.dirname, '../../src/client.ts')))};
const [, folder, name] = process.argv;
const path = (key) => folder + '/' + encodeURIComponent(key);
const storage = {
  get: (key) => readFile(path(key), 'utf8').catch(() => null),
  set: (key, text) => writeFile(path(key) + name, text).then(() => rename(path(key) + name, path(key))),
  delete: (key) => rm(path(key), { force: true }),
};
let n = 0;
const queue = createWriteQueue({
  storage, lock: leaseLock(storage), fetch, settled: () => {}, resolve: () => undefined, newKey: () => name + ++n, timeoutMs: 120_000,
});
for (let i = 0; i < 10; i++) await queue.send('POST', 'https://app.example/api/things');
`;

test('no write is lost when several processes use one storage', async () => {
  const names = ['a', 'b', 'c'];
  const codes = names.map(async (name) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', program, folder, name], {
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return (await once(child, 'exit'))[0] as number;
  });
  expect(await Promise.all(codes)).toEqual([0, 0, 0]);
  const lines = readFileSync(join(folder, 'writes'), 'utf8').trim().split('\n').slice(1);
  const keys = lines.map((line) => (JSON.parse(line) as { key: string }).key);
  const expected = names.flatMap((name) => Array.from({ length: 10 }, (_, index) => `${name}${index + 1}`));
  expect([...keys].sort()).toEqual(expected.sort());
  // The writes of each process are in its order.
  for (const name of names)
    expect(keys.filter((key) => key.startsWith(name))).toEqual(
      expected.filter((key) => key.startsWith(name)).sort((a, b) => Number(a.slice(1)) - Number(b.slice(1))),
    );
}, 120_000);
