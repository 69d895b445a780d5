import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTransmitter, until, type Transmitter } from '@bff/testbed';
import { startRig, type Rig } from '../rig.ts';
import { callApi, codeFor, post, redeem, type Answer } from '../world/native-app.ts';

const caep = 'https://schemas.openid.net/secevent/caep/event-type/';
const risc = 'https://schemas.openid.net/secevent/risc/event-type/';
let transmitter: Transmitter;
let rig: Rig;
beforeAll(async () => {
  transmitter = await startTransmitter();
  rig = await startRig({ REVALIDATION_SECONDS: '900', ...transmitter.settings });
});
afterAll(async () => {
  await rig.close();
  transmitter.close();
});

/** Returns the provider's subject of a demo user. */
async function subjectOf(name: string) {
  const token = rig.world.idp.control.devToken({ user: name, audience: 'mobile-bff' }).access_token;
  const { sub } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as { sub: string };
  return { format: 'iss_sub', iss: rig.world.idp.issuer, sub };
}
const logIn = async (name: string): Promise<Answer> => redeem(rig.url, await codeFor(rig.url, name));
const alive = ({ body }: Answer) => callApi(rig.url, body['access_token']!);
const refresh = ({ body }: Answer) =>
  post(`${rig.url}/oauth/token`, {
    grant_type: 'refresh_token',
    client_id: 'demo-app',
    refresh_token: body['refresh_token']!,
  });
/** Waits for the next second: an event also covers sessions that started in its second. */
const nextSecond = async () => {
  const second = Math.floor(Date.now() / 1000);
  await until(() => Date.now() / 1000 >= second + 1);
};

test('F35 a disabled account loses its tokens and refresh tokens, and another user keeps them', async () => {
  const [bob, alice] = [await logIn('bob'), await logIn('alice')];
  const token = transmitter.token(`${risc}account-disabled`, await subjectOf('bob'));
  expect(await transmitter.push(rig.url, token)).toBe(202);
  expect([await alive(bob), await alive(alice)]).toEqual([401, 200]);
  expect((await refresh(bob)).body['error']).toBe('invalid_grant');
});

test('the event token-claims-change ends the access token, and the app refreshes it without a new login of the user', async () => {
  await nextSecond();
  const bob = await logIn('bob');
  expect(await alive(bob)).toBe(200);
  await nextSecond();
  const token = transmitter.token(`${caep}token-claims-change`, await subjectOf('bob'));
  expect(await transmitter.push(rig.url, token)).toBe(202);
  expect(await alive(bob)).toBe(401);
  const refreshed = await refresh(bob);
  expect([refreshed.status, await alive(refreshed)]).toEqual([200, 200]);
});
