import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startRig, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
/** Extracts the commands under "From credentials to the first answer". */
const commands = /```sh\n(IDP=[\s\S]*?)```/.exec(readme)![1]!;

async function inShell(script: string): Promise<string> {
  const shell = spawn('bash', ['-eu', '-o', 'pipefail', '-c', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return Buffer.concat(await shell.stdout.toArray()).toString();
}

test('the commands in the README of partner-bff work unchanged', async () => {
  const script = [
    // Prints every answer on a line of its own; a status of 400 or above ends the script.
    'curl() { command curl --fail "$@" && echo; }',
    commands.replace(/^IDP=.*$/m, `IDP=${rig.world.idp.issuer} API=${rig.service.url}`),
  ].join('\n');
  const said = await inShell(script);
  const answers = said
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
  const [customer, page, next, profile, changed, ...more] = answers;
  expect(more).toEqual([]);
  expect(customer).toMatchObject({ id: 'alice', name: 'Alice Grünwald' });
  expect([page.orders.length, next.orders.length]).toEqual([2, 2]);
  expect(new Set([...page.orders, ...next.orders].map(({ id }: { id: string }) => id)).size).toBe(4);
  expect(Object.keys(profile)).toEqual(['customer', 'orders', '_meta']);
  expect(Object.keys(profile.orders[0])).toEqual(['total']);
  expect(changed.preferences).toMatchObject({ theme: 'dark' });
}, 30_000);

test('every problem type that the README of partner-bff names has a page in docs/problems', () => {
  const pages = [...readme.matchAll(/\]\((\.\.\/\.\.\/docs\/problems\/[\w-]+\.md)\)/g)].map(
    ([, path]) => path!,
  );
  expect(pages.length).toBeGreaterThan(5);
  for (const page of pages)
    expect(readFileSync(join(import.meta.dirname, '../..', page), 'utf8')).toMatch(/^# /);
});
