import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createBrowser, type DevIdp } from '../src/index.ts';
import { requestToken, verified, type RelyingParty } from './relying-party.ts';
import { startIdp } from './start-idp.ts';

let idp: DevIdp;
beforeAll(async () => {
  idp = await startIdp();
});
afterAll(() => idp.close());

const device: RelyingParty = { id: 'device-demo' };

interface DeviceAnswer {
  readonly device_code: string;
  readonly user_code: string;
  readonly verification_uri: string;
  readonly verification_uri_complete: string;
}

async function begin(): Promise<DeviceAnswer> {
  const response = await fetch(`${idp.issuer}/device/auth`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: device.id, scope: 'openid profile' }),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as DeviceAnswer;
}

const poll = ({ device_code }: DeviceAnswer) =>
  requestToken(idp, device, {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    device_code,
  });

describe('the device flow (RFC 8628)', () => {
  test('a device gets its tokens once, after the user typed the code, confirmed the device and logged in', async () => {
    const answer = await begin();
    expect((await poll(answer)).body.error).toBe('authorization_pending');

    const browser = createBrowser();
    const input = await browser.open(answer.verification_uri);
    expect(input.html).toContain('Enter the code that the device shows.');
    const confirmation = await browser.submit(input, { user_code: answer.user_code });
    expect(confirmation.html).toContain(answer.user_code);
    expect(confirmation.html).toContain('Connect device-demo?');
    const login = await browser.submit(confirmation);
    expect(login.html).toContain('Sign in to device-demo');
    const done = await browser.submit(login, { username: 'gina', password: 'demo' });
    expect(done.html).toContain('Device connected');

    const { status, body } = await poll(answer);
    expect(status).toBe(200);
    expect((await verified(idp, body.id_token)).claims).toMatchObject({
      aud: device.id,
      sub: 'gina',
      tid: 'globex',
      roles: ['user'],
    });
    expect((await poll(answer)).body.error).toBe('invalid_grant');
  });

  test('a user who opens the complete address types no code, and a user with a session does not log in again', async () => {
    const browser = createBrowser();
    for (const [index, pages] of [3, 2].entries()) {
      const answer = await begin();
      let page = await browser.open(answer.verification_uri_complete);
      for (let step = 0; step < pages; step++)
        page = await browser.submit(page, step === 2 ? { username: 'bob', password: 'demo' } : {});
      expect([index, page.html]).toEqual([index, expect.stringContaining('Device connected')]);
      expect((await poll(answer)).status).toBe(200);
    }
  });

  test('the device page shows its form again after an unknown code, and accepts a valid code there', async () => {
    const browser = createBrowser();
    const input = await browser.open(`${idp.issuer}/device`);
    const again = await browser.submit(input, { user_code: 'BCDF-GHJK' });
    expect(again.html).toContain('The code is invalid or expired.');
    const answer = await begin();
    expect((await browser.submit(again, { user_code: answer.user_code })).html).toContain(answer.user_code);
  });

  test('a device gets access_denied when the user refuses', async () => {
    const answer = await begin();
    const browser = createBrowser();
    const input = await browser.open(answer.verification_uri);
    const confirmation = await browser.submit(input, { user_code: answer.user_code });
    await browser.submit(confirmation, { abort: 'yes' });
    expect((await poll(answer)).body.error).toBe('access_denied');
  });

  test('a device code expires after ten minutes on the provider’s clock', async () => {
    const answer = await begin();
    idp.control.setClock(601);
    const { body } = await poll(answer);
    idp.control.setClock(0);
    expect(body.error).toBe('expired_token');
  });
});
