import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { utimesSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { afterEach, expect, test } from '@jest/globals';
import { until } from '@bff/testbed';
import { loginToWebBff } from '../../src/index.ts';
import { freeWorld } from '../../src/world/free-world.ts';

const root = resolve(import.meta.dirname, '../../../..');
let child: ChildProcess & { readonly stdout: Readable };
afterEach(() => void child.kill('SIGTERM'));

test('nx serve starts the BFF with its world, and restarts the BFF with the same key after one of its libs was changed', async () => {
  const ports = await freeWorld();
  child = spawn(process.execPath, [`${root}/tools/demo-world/src/serve.ts`, 'web-bff'], {
    cwd: `${root}/apps/web-bff`,
    env: { ...process.env, NODE_OPTIONS: '', ...ports },
  });
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += String(chunk)));
  const said = (times: number) =>
    until(() => printed.split('"msg":"ready"').length > times, { withinMs: 40_000 });
  const url = `http://localhost:${ports['WEB_BFF_PORT']}`;
  const profile = async () => {
    const answer = await fetch(`${url}/api/profile`, {
      headers: await loginToWebBff({ url, username: 'alice' }),
    });
    return { status: answer.status, ...((await answer.json()) as object) };
  };
  const complete = { status: 200, name: 'Alice Grünwald', _meta: { complete: true } };
  await said(1);
  expect(await profile()).toMatchObject(complete);

  utimesSync(`${root}/libs/shaping/src/index.ts`, new Date(), new Date());
  await said(2);
  // The services still accept the key: a new one would be rejected for half a minute.
  expect(await profile()).toMatchObject(complete);

  child.kill('SIGTERM');
  expect((await once(child, 'exit'))[0]).toBe(0);
}, 60_000);
