import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startRig, type Rig } from '../rig.ts';

/** Internal tokens that the user service received. */
const received: Record<string, unknown>[] = [];
let userService: Server;
let rig: Rig;

beforeAll(async () => {
  userService = createServer(({ headers }, response) => {
    const [, payload = ''] = (headers.authorization ?? '').split('.');
    received.push(JSON.parse(Buffer.from(payload, 'base64url').toString()));
    response.writeHead(503).end();
  }).listen(0, '127.0.0.1');
  await once(userService, 'listening');
  rig = await startRig({
    // The development provider has no permissions: its roles serve as such.
    PERMISSIONS_CLAIM: 'roles',
    USER_SERVICE_URL: `http://127.0.0.1:${(userService.address() as AddressInfo).port}`,
  });
});
afterAll(async () => {
  await rig.close();
  userService.close();
});

test('permissions of the ID token outlive the login in the token of the app and reach the services', async () => {
  await fetch(`${rig.url}/api/profile`, { headers: await rig.as('alice') });
  expect(received.at(-1)).toMatchObject({ sub: 'alice', permissions: ['user', 'admin'] });
});
