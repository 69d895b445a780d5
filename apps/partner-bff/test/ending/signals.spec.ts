import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTransmitter, until, type Transmitter } from '@bff/testbed';
import { anyScreen } from '../any-screen.ts';
import { startRig, type Rig } from '../rig.ts';

const risc = 'https://schemas.openid.net/secevent/risc/event-type/';
let transmitter: Transmitter;
let rig: Rig;
beforeAll(async () => {
  transmitter = await startTransmitter();
  rig = await startRig(transmitter.settings);
}, 30_000);
afterAll(async () => {
  await rig.close();
  transmitter.close();
});

const status = async (Authorization: string) =>
  (await fetch(rig.service.url + anyScreen, { headers: { Authorization } })).status;
const subjectOf = (bearer: string) => {
  const { sub } = JSON.parse(Buffer.from(bearer.split('.')[1]!, 'base64url').toString()) as { sub: string };
  return { format: 'iss_sub', iss: rig.world.idp.issuer, sub };
};

test('F35 the event account-disabled ends the access tokens of its account at once; other accounts keep their access, and newer tokens are accepted', async () => {
  const { Authorization } = await rig.as('acme-erp');
  const { Authorization: others } = await rig.as('globex-crm');
  expect([await status(Authorization), await status(others)]).toEqual([200, 200]);
  const token = transmitter.token(`${risc}account-disabled`, subjectOf(Authorization));
  expect(await transmitter.push(rig.service.url, token)).toBe(202);
  expect([await status(Authorization), await status(others)]).toEqual([401, 200]);
  const second = Math.floor(Date.now() / 1000);
  await until(() => Date.now() / 1000 >= second + 1);
  expect(await status((await rig.as('acme-erp')).Authorization)).toBe(200);
});
