import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createDevice, screens } from '../src/device.ts';
import { createFlakyLink } from '../src/flaky-link.ts';
import { differences } from '../src/life.ts';

/** Answers every conditional request with 304, whatever has changed. */
let asked = 0;
let incomplete = '';
const liar = createServer((request, response) => {
  asked++;
  const patches = request.headers['a-im'] !== undefined;
  if (patches && request.headers['if-none-match']) return response.writeHead(304).end();
  const etag = 't'.repeat(24);
  response.setHeader('ETag', `"${etag}"`).setHeader('Content-Type', 'application/json');
  const complete = request.url !== incomplete;
  response.end(JSON.stringify({ theme: patches ? 'old' : 'new', _meta: { etag, complete } }));
});
let origin = '';
beforeAll(async () => {
  await once(liar.listen(0, '127.0.0.1'), 'listening');
  origin = `http://127.0.0.1:${(liar.address() as AddressInfo).port}`;
});
afterAll(() => {
  liar.close();
  liar.closeAllConnections();
});

const noPause = async () => undefined;
const never = () => 0;

test('the comparison finds a device that differs from a full fetch, and rejects a degraded full fetch', async () => {
  const device = createDevice('phone', createFlakyLink({ weather: never, fate: never }, noPause), origin, {});
  await device.look('profile');
  expect(await device.look('profile')).toMatchObject({ answer: '304', bytes: 0 });
  expect(await differences([device])).toEqual(screens.map((screen) => ({ device: 'phone', screen })));
  incomplete = '/api/home';
  await expect(differences([device])).rejects.toThrow('home: status 200, degraded');
});

test('an offline device sends no request and counts no bytes, and a lost answer counts its bytes', async () => {
  const last = (limit: number) => limit - 1;
  const link = createFlakyLink({ weather: last, fate: never }, noPause);
  const device = createDevice('phone', link, origin, {});
  link.next();
  expect(link.weather).toBe('offline');
  const before = asked;
  expect(await device.look('profile')).toMatchObject({ answer: 'none', bytes: 0, saved: 0 });
  expect(asked).toBe(before);

  const poor = createFlakyLink({ weather: () => 3, fate: never }, noPause);
  const other = createDevice('tablet', poor, origin, {});
  poor.next();
  expect(await other.look('profile')).toMatchObject({
    weather: 'poor',
    answer: 'lost',
    saved: -75,
    bytes: 75,
  });
});
