import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test } from '@jest/globals';
import { isTaken, until } from '@bff/testbed';
import { selected, settingsOf } from '../../src/config.ts';
import { PortTaken } from '@bff/service-kit';
import { startDemoService } from '../../src/index.ts';
import { registeredServices, serviceNames } from '../../src/registered-services.ts';
import { call } from '../caller.ts';
import { rawGet } from '../raw-client.ts';

const main = new URL('../../src/main.ts', import.meta.url).pathname;
const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});

function start(argument: string, env: Record<string, string> = {}): ChildProcess {
  const own = { PATH: process.env['PATH'], PORT: '0', SLOW_DELAY_MS: '0', ...env };
  const child = spawn(process.execPath, [main, argument], { env: own, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  return child;
}

interface Line {
  readonly name: string;
  readonly url: string;
  readonly port: number;
  readonly msg: string;
}

async function firstLines(child: ChildProcess, count: number): Promise<Line[]> {
  const lines: Line[] = [];
  for await (const line of createInterface({ input: child.stdout! })) {
    lines.push(JSON.parse(line) as Line);
    if (lines.length === count) break;
  }
  return lines;
}

async function ending(child: ChildProcess): Promise<{ code: unknown; stderr: string }> {
  let stderr = '';
  child.stderr!.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, stderr };
}

describe('the process of a demo service', () => {
  test.each(serviceNames)('%s logs its address in one JSON line, and answers requests', async (name) => {
    const child = start(name);
    const [line] = await firstLines(child, 1);
    expect(line).toMatchObject({ name, url: `http://127.0.0.1:${line!.port}`, msg: 'listening' });
    expect((await fetch(`${line!.url}/__calls`)).status).toBe(200);
    expect((await fetch(`${line!.url}/api/v1/users/alice`)).status).not.toBe(200);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'a demo service exits at once with 0 on %s, although an answer hangs',
    async (signal) => {
      const child = start('loyalty-service');
      const [line] = await firstLines(child, 1);
      await fetch(`${line!.url}/__faults`, { method: 'PUT', body: '{"route":"*","kind":"hang"}' });
      const { reply } = rawGet(line!, '/api/v1/users/alice/tier');
      const calls = async () => Object.values((await (await fetch(`${line!.url}/__calls`)).json()) as object);
      await until(async () => (await calls())[0] === 1);
      const ended = ending(child);
      child.kill(signal);
      expect(await ended).toEqual({ code: 0, stderr: '' });
      expect((await reply).chunks).toEqual([]);
      expect(await isTaken(line!.port)).toBe(false);
    },
  );

  test('a demo service verifies tokens by the configured secret', async () => {
    const child = start('user-service', { INTERNAL_JWT_SECRET: 'a-secret-of-this-test-and-no-other' });
    const [line] = await firstLines(child, 1);
    expect(
      (await call(line!, '/api/v1/users/alice', { secret: 'a-secret-of-this-test-and-no-other' })).status,
    ).toBe(200);
    expect((await call(line!, '/api/v1/users/alice')).status).toBe(401);
  });

  test('the program runs every service when it is started as "all"', async () => {
    const child = start('all');
    const lines = await firstLines(child, serviceNames.length);
    expect(lines.map(({ name }) => name)).toEqual(serviceNames);
    const ended = ending(child);
    child.kill('SIGTERM');
    expect((await ended).code).toBe(0);
  });

  test('a demo service whose port is taken exits with 1, and prints one line that names port and setting', async () => {
    const other = await startDemoService('user-service');
    const { code, stderr } = await ending(start('user-service', { PORT: String(other.port) }));
    expect(code).toBe(1);
    expect(stderr).toBe(`user-service: port ${other.port} is taken; set PORT to another port\n`);
    await expect(startDemoService('order-service', { port: other.port })).rejects.toBeInstanceOf(PortTaken);
    await other.close();
  });

  test('a demo service with invalid settings exits with 1, and lists all of them at once', async () => {
    const env = {
      PORT: 'x',
      SLOW_DELAY_MS: '-1',
      INTERNAL_JWKS_URIS: 'http://ok.example, ftp://x',
      LOG_LEVEL: 'loud',
      INTERNAL_JWT_SECRET: 'short',
    };
    const { code, stderr } = await ending(start('user-service', env));
    expect(code).toBe(1);
    for (const name of Object.keys(env))
      expect(stderr).toMatch(new RegExp(`^  ${name} must (be|have) `, 'm'));
    expect(stderr.trim().split('\n')).toHaveLength(6);
  });

  test('the program exits with 1 for an unknown service name, and prints one line that lists the known names', async () => {
    const { code, stderr } = await ending(start('cart-service'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/^demo-services: unknown service cart-service; use one of .*-service, all\n$/);
  });

  test('a demo service rejects INTERNAL_JWT_SECRET together with INTERNAL_JWKS_URIS', async () => {
    const env = {
      INTERNAL_JWT_SECRET: 'x'.repeat(32),
      INTERNAL_JWKS_URIS: 'http://127.0.0.1:9101/.well-known/jwks.json',
    };
    const { code, stderr } = await ending(start('user-service', env));
    expect(code).toBe(1);
    expect(stderr).toContain('INTERNAL_JWT_SECRET and INTERNAL_JWKS_URIS exclude each other');
  });

  test('a demo service in production requires INTERNAL_JWT_SECRET or INTERNAL_JWKS_URIS', async () => {
    const { code, stderr } = await ending(start('user-service', { NODE_ENV: 'production' }));
    expect(code).toBe(1);
    expect(stderr).toContain('INTERNAL_JWT_SECRET or INTERNAL_JWKS_URIS must be set in production');
  });
});

test('a port setting moves all services and keeps the distances between their declared ports', () => {
  const lowest = Math.min(...registeredServices.map(({ port }) => port));
  const moved = registeredServices.map(({ name, port }) => [name, port - lowest + 9_000]);
  expect(selected('all', 9_000)).toEqual(moved);
  expect(selected('user-service', 9_000)).toEqual([['user-service', 9_000]]);
  expect(selected('all', 0)).toEqual(serviceNames.map((name) => [name, 0]));
});

test('the default port of a service is that of its declared address', () => {
  for (const { name, port } of registeredServices) expect(settingsOf(name).port.default).toBe(port);
});

test('closing a service twice is allowed', async () => {
  const service = await startDemoService('user-service');
  await Promise.all([service.close(), service.close()]);
  expect(await isTaken(service.port)).toBe(false);
});
