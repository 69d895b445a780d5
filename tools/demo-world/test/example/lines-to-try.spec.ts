import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freeWorld } from '../../src/world/free-world.ts';

const root = resolve(import.meta.dirname, '../../../..');

const run = (line: string) =>
  spawnSync('bash', ['-c', line], { encoding: 'utf8', cwd: root, env: { ...process.env, NODE_OPTIONS: '' } });
/** Returns the output of a command of the README or the banner in a shell. */
const paste = (line: string): string => run(line).stdout;

let child: ChildProcess;
let printed = '';
const lines = (): string[] =>
  printed
    .split('\n')
    .filter((line) => /^ {3}(curl|npm)/.test(line))
    .map((line) => line.trim());

beforeAll(async () => {
  const env = { ...process.env, NODE_OPTIONS: '', ...(await freeWorld()) };
  child = spawn(process.execPath, [`${root}/tools/demo-world/src/start.ts`], { env });
  for await (const chunk of child.stdout!) {
    printed += String(chunk);
    if (printed.includes('Ctrl-C')) break;
  }
}, 60_000);
afterAll(() => void child.kill('SIGTERM'));

test('each command that npm start prints works when it is pasted, in order', () => {
  const [ask, hang, partner, agent, ...others] = lines() as [string, string, string, string];
  expect(others).toEqual([]);
  expect(JSON.parse(paste(ask))).toMatchObject({ name: 'Alice Grünwald', _meta: { complete: true } });
  expect(JSON.parse(paste(hang))).toMatchObject({ kind: 'hang' });
  const degraded = JSON.parse(paste(`${ask} --user bob`));
  expect(degraded).toMatchObject({
    name: expect.any(String),
    orders: [],
    _meta: { degraded: [{ source: 'orders', reason: 'timeout', fallback: 'default' }] },
  });
  paste(hang.replace('-X PUT', '-X DELETE'));
  expect(JSON.parse(paste(ask))).toMatchObject({ _meta: { complete: true } });
  expect(JSON.parse(paste(partner))).toMatchObject({
    email: 'alice@acme.example',
    _meta: { complete: true },
  });
  expect(JSON.parse(paste(agent))).toMatchObject({ orders: [{}, {}], _meta: { complete: true } });
}, 30_000);

test('a command whose output nobody reads to the end, as with `head`, ends without an error', () => {
  const [ask, , , agent] = lines() as [string, string, string, string];
  for (const line of [ask, agent]) expect(run(`${line} | true`).stderr).toBe('');
}, 30_000);
