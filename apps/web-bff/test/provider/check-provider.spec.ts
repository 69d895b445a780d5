import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startWorld, type World } from '@bff/demo-world';
import { addressAt } from '../rig.ts';

let world: World;
let env: Record<string, string>;
beforeAll(async () => {
  world = await startWorld();
  env = { ...world.env, ...(await addressAt(world)), PATH: process.env['PATH'] ?? '' };
});
afterAll(() => world.close());

async function checkProvider(settings: Record<string, string>, token?: string) {
  const main = resolve(import.meta.dirname, '../../src/main.ts');
  const child = spawn(
    process.execPath,
    [main, '--check-provider', ...(token === undefined ? [] : ['--token'])],
    {
      env: { ...env, ...settings },
    },
  );
  child.stdin.end(token);
  const [report, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  return { code: code as number, report };
}

test('F69 --check-provider with correct settings reports each check and exits with 0', async () => {
  const { code, report } = await checkProvider({});
  expect([code, report]).toEqual([0, expect.stringMatching(/^ok {6} client authentication +web-bff$/m)]);
}, 60_000);

test('F69 --check-provider exits with 1 and reports the failed check for a wrong client secret and for a wrong claim name', async () => {
  const wrongSecret = await checkProvider({ CLIENT_SECRET: 'not-the-secret' });
  expect([wrongSecret.code, wrongSecret.report]).toEqual([
    1,
    expect.stringMatching(/^failed +client authentication .*CLIENT_SECRET/m),
  ]);
  expect(wrongSecret.report).not.toContain('not-the-secret');
  const { access_token: token } = world.idp.control.devToken({ user: 'alice', audience: 'web-bff' });
  const wrongClaim = await checkProvider({ TENANT_CLAIM: 'organization' }, token);
  expect([wrongClaim.code, wrongClaim.report]).toEqual([
    1,
    expect.stringMatching(/^failed +claims of the token +no tenant in the claim organization/m),
  ]);
}, 60_000);
