import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { utimesSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { freeWorld } from './free-world.ts';

const root = resolve(import.meta.dirname, '../../..');

test('nx serve: the BFF comes up with its world, and again within two seconds after a lib that it uses was touched', async () => {
  const ports = await freeWorld();
  const child = spawn(process.execPath, [`${root}/tools/demo-world/src/serve.ts`, 'web-bff'], {
    cwd: `${root}/apps/web-bff`,
    env: { ...process.env, NODE_OPTIONS: '', ...ports },
  });
  let printed = '';
  const said = async (times: number): Promise<void> => {
    while (printed.split('"msg":"ready"').length <= times)
      printed += String((await once(child.stdout, 'data'))[0]);
  };
  await said(1);
  expect((await fetch(`http://127.0.0.1:${ports['WEB_BFF_PORT']}/api/profile`)).status).toBe(403);

  const begun = performance.now();
  utimesSync(`${root}/libs/shaping/src/index.ts`, new Date(), new Date());
  await said(2);
  expect(performance.now() - begun).toBeLessThan(2_000);
  expect((await fetch(`http://127.0.0.1:${ports['WEB_BFF_PORT']}/api/profile`)).status).toBe(403);

  child.kill('SIGTERM');
  expect((await once(child, 'exit'))[0]).toBe(0);
}, 60_000);
