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

/** Starting a world takes ten seconds of CPU time, and its processes share two cores with other work. */
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

  test('npm start lists every process with the port of its setting', () => {
    for (const port of Object.values(env)) expect(printed).toContain(`http://localhost:${port}`);
  });

  test('npm start stops every process and frees every port on SIGTERM', async () => {
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    for (const port of Object.values(env))
      expect({ port, taken: await isTaken(Number(port)) }).toEqual({ port, taken: false });
  }, 30_000);
});

const runners: ChildProcess[] = [];
// Otherwise a world that did not start in time keeps running, and Jest waits for it. Kills the process group,
// because npm alone may leave its children.
afterEach(() => {
  for (const { pid } of runners.splice(0)) {
    try {
      process.kill(-pid!, 'SIGKILL');
    } catch {
      // All processes have exited.
    }
  }
});

test.each(['SIGTERM', 'SIGKILL'] as const)(
  'F60 after %s to npm alone, every process that `npm start` started exits',
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

test('npm start prints one line per taken port with port, process and setting, and starts nothing', async () => {
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
