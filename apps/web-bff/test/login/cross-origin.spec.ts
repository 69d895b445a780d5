import { afterAll, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { anyScreen } from '../any-screen.ts';
import { startRig, type Rig } from '../rig.ts';

const sister = 'https://admin.example';
let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ CORS_ORIGINS: sister });
});
afterAll(() => rig.close());

const get = (fields: Record<string, string>) =>
  request(rig.service.url).get(anyScreen).set(rig.as('alice')).set(fields);

test('F51 a page of a listed origin on the same site may call with its session cookie', async () => {
  const { status, headers } = await get({ Origin: sister, 'Sec-Fetch-Site': 'same-site' });
  expect([
    status,
    headers['access-control-allow-origin'],
    headers['access-control-allow-credentials'],
  ]).toEqual([200, sister, 'true']);
});

test.each([
  ['from another site', { Origin: sister, 'Sec-Fetch-Site': 'cross-site' }],
  ['of no listed origin', { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'same-site' }],
  ['without the CSRF header', { Origin: sister, 'Sec-Fetch-Site': 'same-site', 'X-CSRF': '' }],
])('W8 F51 returns 403 for a cross-origin call %s', async (_, fields) => {
  expect((await get(fields)).status).toBe(403);
});
