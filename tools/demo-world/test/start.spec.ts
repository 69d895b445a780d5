import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { isTaken, until } from '@bff/testbed';
import { freeWorld } from '../src/world/free-world.ts';
import { bffNames } from '../src/world/world.ts';

const root = resolve(import.meta.dirname, '../../..');
const program = `${root}/tools/demo-world/src/start.ts`;

/** A world takes ten seconds of CPU time to start, and its processes share two cores with whatever else runs there. */
const longestStartMs = 180_000;

describe('npm start', () => {
  let env: Record<string, string>;
  let child: ChildProcess;
  let printed = '';
  beforeAll(async () => {
    env = await freeWorld();
    child = spawn(process.execPath, [program], { env: { ...process.env, NODE_OPTIONS: '', ...env } });
    child.stderr?.on('data', (chunk) => (printed += String(chunk)));
    for await (const chunk of child.stdout!) {
      printed += String(chunk);
      if (printed.includes('Ctrl-C')) break;
    }
  }, longestStartMs);
  afterAll(() => void child.kill('SIGKILL'));

  test('every process has its row in the table, on the port that its setting says', () => {
    for (const port of Object.values(env)) expect(printed).toContain(`http://localhost:${port}`);
  });

  test('SIGTERM stops every process and frees every port', async () => {
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    for (const port of Object.values(env))
      expect({ port, taken: await isTaken(Number(port)) }).toEqual({ port, taken: false });
  }, 30_000);
});

const runners: ChildProcess[] = [];
// Else a world that did not come up in time runs on, and Jest waits for it. The group: npm alone may leave what it started.
afterEach(() => {
  for (const { pid } of runners.splice(0)) {
    try {
      process.kill(-pid!, 'SIGKILL');
    } catch {
      // All of it has ended.
    }
  }
});

test.each(['SIGTERM', 'SIGKILL'] as const)(
  'F60 %s to npm alone ends every process that `npm start` started',
  async (signal) => {
    const env = await freeWorld();
    const npm = spawn('npm', ['start'], {
      cwd: root,
      detached: true,
      env: { ...process.env, NODE_OPTIONS: '', ...env },
    });
    runners.push(npm);
    let printed = '';
    npm.stdout.on('data', (chunk) => (printed += String(chunk)));
    await until(() => printed.includes('Ctrl-C'), { withinMs: longestStartMs });
    npm.kill(signal);
    const ports = Object.values(env).map(Number);
    await until(async () => !(await Promise.all(ports.map((port) => isTaken(port)))).includes(true), {
      withinMs: 30_000,
    });
  },
  longestStartMs + 60_000,
);

test('ports that are taken: one line each, naming port, process and setting; nothing is started', async () => {
  const servers = [createServer().listen(0, '127.0.0.1'), createServer().listen(0, '127.0.0.1')];
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const [bff = ''] = bffNames;
  const setting = `${bff.replace('-', '_').toUpperCase()}_PORT`;
  const [taken, idp] = servers.map((server) => String((server.address() as AddressInfo).port)) as [
    string,
    string,
  ];
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    ...(await freeWorld()),
    [setting]: taken,
    DEV_IDP_PORT: idp,
  };
  const { status, stderr, stdout } = spawnSync(process.execPath, [program], { env, encoding: 'utf8' });
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr.trim().split('\n')).toEqual([
    `port ${taken} (${bff}) is taken; set ${setting} to use another`,
    `port ${idp} (dev-idp) is taken; set DEV_IDP_PORT to use another`,
  ]);
  for (const server of servers) server.close();
});
