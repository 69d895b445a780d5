import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { anyScreen, anyService } from '../any-screen.ts';
import { startRig, type Rig } from '../rig.ts';
import { createWebBrowser } from '../web-browser.ts';
import { startFakeProvider, type FakeProvider } from './fake-provider.ts';

const claim = 'https://idp.example/rights';
/** Internal tokens that the service received. */
const received: Record<string, unknown>[] = [];
let provider: FakeProvider;
let recorder: Server;
let rig: Rig;

beforeAll(async () => {
  provider = await startFakeProvider();
  recorder = createServer(({ headers }, response) => {
    const [, payload = ''] = (headers.authorization ?? '').split('.');
    received.push(JSON.parse(Buffer.from(payload, 'base64url').toString()));
    response.writeHead(503).end();
  }).listen(0, '127.0.0.1');
  await once(recorder, 'listening');
  rig = await startRig({
    ISSUER: provider.issuer,
    PERMISSIONS_CLAIM: claim,
    [anyService.addressVariable]: `http://127.0.0.1:${(recorder.address() as AddressInfo).port}`,
  });
});
afterAll(async () => {
  await rig.close();
  recorder.close();
  provider.close();
});

test('permissions of the ID token are in /auth/session and in internal tokens', async () => {
  const browser = createWebBrowser(rig.service.url);
  await provider.login(browser, { [claim]: ['thing:read'], permissions: ['ignored'] });

  expect((await browser.call('get', '/auth/session')).body).toMatchObject({ permissions: ['thing:read'] });
  await browser.call('get', anyScreen);
  expect(received.at(-1)).toMatchObject({ sub: 'alice', permissions: ['thing:read'] });
});

test('an ID token without permissions yields an empty list in /auth/session, and internal tokens without the claim', async () => {
  const browser = createWebBrowser(rig.service.url);
  await provider.login(browser);

  expect((await browser.call('get', '/auth/session')).body).toMatchObject({ permissions: [] });
  await browser.call('get', anyScreen);
  expect(received.at(-1)).not.toHaveProperty('permissions');
});
