import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startRedis, until, type TestRedis } from '@bff/testbed';
import { anyScreen } from '../any-screen.ts';
import { startRig, type Answered, type Rig } from '../rig.ts';

let redis: TestRedis;
let rig: Rig;
let doors: readonly { readonly url: string; readonly managementUrl: string }[];
const folder = mkdtempSync(join(tmpdir(), 'partner-tenants-'));
beforeAll(async () => {
  redis = await startRedis();
  rig = await startRig({ BURST_LIMIT: '100000', REDIS_URL: redis.url, TENANTS_SHARED: 'true' });
  doors = [rig.service, await rig.replica()];
  await untilAll(async ({ managementUrl }) => (await fetch(`${managementUrl}/readyz`)).status === 200);
});
afterAll(async () => {
  await rig.close();
  await redis.close();
  rmSync(folder, { recursive: true });
});

const path = anyScreen;
const askAll = (): Promise<Answered[]> => Promise.all(doors.map(({ url }) => rig.ask(path, { at: url })));
async function untilAll(met: (door: (typeof doors)[number]) => Promise<boolean>): Promise<void> {
  for (const door of doors) await until(() => met(door));
}

/** Publishes a directory by the command, as an operator does; resolves to its exit code and output. */
async function push(acme: object): Promise<{ code: number; said: string }> {
  const file = join(folder, 'tenants.json');
  const tenants = [{ id: 'acme', name: 'Acme', status: 'active', fields: { blocked: ['ssn'] }, ...acme }];
  writeFileSync(file, JSON.stringify({ tenants }));
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../../../../tools/demo-world/src/tenants.ts'), 'push', file],
    { env: { PATH: process.env['PATH'], REDIS_URL: redis.url }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const said = Promise.all([child.stdout.toArray(), child.stderr.toArray()]);
  const [code] = (await once(child, 'exit')) as [number];
  return { code, said: (await said).flat().join('') };
}

describe('T2 a published directory takes effect on both replicas', () => {
  const isInForce = (expected: (answer: Answered) => boolean): Promise<void> =>
    untilAll(async ({ url }) => expected(await rig.ask(path, { at: url })));

  test('after a directory with a suspended tenant was published, its requests get 403 until the tenant is active again', async () => {
    expect((await askAll()).map(({ status }) => status)).toEqual([200, 200]);
    expect(await push({ status: 'suspended' })).toMatchObject({ code: 0 });
    await isInForce(({ status }) => status === 403);
    expect((await askAll()).map(({ body }) => body.type)).toEqual(Array(2).fill('/problems/unknown-tenant'));
    expect(await push({})).toMatchObject({ code: 0 });
    await isInForce(({ status }) => status === 200);
  }, 30_000);

  test('after a directory with a newly blocked member was published, answers omit the member, and the previous ETag gets no 304', async () => {
    const [before] = await askAll();
    const [member = ''] = Object.keys(before?.body);
    expect(await push({ fields: { blocked: [member, 'ssn'] } })).toMatchObject({ code: 0 });
    await isInForce(({ body }) => !(member in body));
    const again = await rig.ask(path, { headers: { 'If-None-Match': before!.headers.get('etag')! } });
    expect(again.status).toBe(200);
  }, 30_000);

  test('the command that publishes a tenant directory rejects an invalid one and changes nothing', async () => {
    const before = await askAll();
    const { code, said } = await push({ fields: { bloked: ['id'] } });
    expect([code, said]).toEqual([1, expect.stringContaining('tenants[0].fields')]);
    expect((await askAll()).map(({ text }) => text)).toEqual(before.map(({ text }) => text));
  }, 30_000);
});
