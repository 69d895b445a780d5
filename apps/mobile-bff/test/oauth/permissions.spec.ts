import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { anyScreen, anyService } from '../any-screen.ts';
import { startRig, type Rig } from '../rig.ts';

/** Internal tokens that the service received. */
const received: Record<string, unknown>[] = [];
let recorder: Server;
let rig: Rig;

beforeAll(async () => {
  recorder = createServer(({ headers }, response) => {
    const [, payload = ''] = (headers.authorization ?? '').split('.');
    received.push(JSON.parse(Buffer.from(payload, 'base64url').toString()));
    response.writeHead(503).end();
  }).listen(0, '127.0.0.1');
  await once(recorder, 'listening');
  rig = await startRig({
    // The development provider has no permissions, so its roles serve as permissions.
    PERMISSIONS_CLAIM: 'roles',
    [anyService.addressVariable]: `http://127.0.0.1:${(recorder.address() as AddressInfo).port}`,
  });
});
afterAll(async () => {
  await rig.close();
  recorder.close();
});

test('permissions of the ID token are kept with the access token and sent to the services', async () => {
  await fetch(`${rig.url}${anyScreen}`, { headers: await rig.as('alice') });
  expect(received.at(-1)).toMatchObject({ sub: 'alice', permissions: ['user', 'admin'] });
});
