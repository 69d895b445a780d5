import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { deviceCodeGrant } from '@bff/auth-delegation';
import { startRig, type Rig } from '../rig.ts';
import { post } from '../world/native-app.ts';

const folder = mkdtempSync(join(tmpdir(), 'clients-'));
const clients = ['tv', 'box'].map((id) => ({
  client_id: id,
  client_name: id,
  grant_types: [deviceCodeGrant],
}));
let rig: Rig;
beforeAll(async () => {
  const file = join(folder, 'clients.json');
  writeFileSync(file, JSON.stringify({ clients }));
  rig = await startRig({
    OAUTH_CLIENTS_FILE: file,
    DEVICES_PER_ADDRESS: '5',
    DEVICES_PER_CLIENT: '8',
    TRUSTED_PROXIES: '127.0.0.1',
  });
});
/** Starts each test at the beginning of its own one-minute window. */
beforeEach(() => {
  const now = Date.now() + rig.clock.aheadMs;
  rig.clock.aheadMs += 60_000 - (now % 60_000) + 1;
});
afterAll(async () => {
  await rig.close();
  rmSync(folder, { recursive: true });
});

const begin = (address: string, client_id = 'tv', url = rig.url) =>
  post(`${url}/oauth/device_authorization`, { client_id }, { 'X-Forwarded-For': address });
const statuses = (answers: readonly { readonly status: number }[]) =>
  answers.map(({ status }) => status).sort();
const times = <T>(count: number, one: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, one));

describe('F43 limits of device authorizations', () => {
  test('a client address that exceeds its limit of device authorizations gets 429 slow_down with Retry-After until the next minute', async () => {
    const answers = await times(12, () => begin('203.0.113.1'));
    expect(statuses(answers)).toEqual([...Array(5).fill(200), ...Array(7).fill(429)]);
    const refused = answers.find(({ status }) => status === 429)!;
    expect(refused.body).toEqual({ error: 'slow_down', error_description: expect.any(String) });
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds > 0 && seconds <= 60).toBe(true);
    expect((await begin('203.0.113.2')).status).toBe(200);
    rig.clock.aheadMs += seconds * 1_000;
    expect((await begin('203.0.113.1')).status).toBe(200);
  });

  test('device authorizations of a client are limited over all addresses, and a request that exceeds the limit of its address is not counted for the client', async () => {
    await times(20, () => begin('203.0.113.1'));
    let last = 0;
    const others = await times(6, () => begin(`198.51.100.${(last += 1)}`));
    expect(statuses(others)).toEqual([200, 200, 200, 429, 429, 429]);
    expect((await begin('192.0.2.1', 'box')).status).toBe(200);
  });

  test('a device authorization of an unknown client gets 401 and is not counted for the address', async () => {
    expect(statuses(await times(10, () => begin('203.0.113.1', 'stranger')))).toEqual(Array(10).fill(401));
    expect((await begin('203.0.113.1')).status).toBe(200);
  });

  test('the limit by address ignores X-Forwarded-For unless a trusted proxy sent the field', async () => {
    const untrusted = await rig.replica({ TRUSTED_PROXIES: '192.0.2.1' });
    let last = 0;
    const answers = await times(8, () => begin(`203.0.113.${(last += 1)}`, 'tv', untrusted.url));
    expect(statuses(answers)).toEqual([...Array(5).fill(200), ...Array(3).fill(429)]);
  });
});
