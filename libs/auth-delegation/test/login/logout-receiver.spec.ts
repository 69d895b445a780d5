import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { StateUnavailable } from '@bff/service-kit';
import { until } from '@bff/testbed';
import { ProviderUnavailable, type Logout } from '../../src/index.ts';
import { stoppedClock, type StoppedClock } from '../world/clock.ts';
import { keyPair, publicJwk, signed } from '../world/forge.ts';
import { silentLog } from '../world/log.ts';
import { partyOf } from '../world/relying-party.ts';
import { startIssuer, type TestIssuer } from '../world/test-issuer.ts';
import { watchedStore, type WatchedStore } from '../world/watched-store.ts';

let idp: TestIssuer;
let clock: StoppedClock;
let store: WatchedStore;
const act = jest.fn<(logout: Logout) => Promise<void>>().mockResolvedValue();
const lines: string[] = [];
const log = silentLog((line, text) => lines.push(String(text ?? line)));

beforeAll(async () => {
  idp = await startIssuer('ES256');
});
afterAll(() => idp.close());
beforeEach(() => {
  clock = stoppedClock();
  store = watchedStore(clock.now);
  act.mockClear();
  lines.length = 0;
});

const receiverAt = (issuer = idp.issuer) => {
  const party = partyOf({ issuer, replayStore: store, now: clock.now });
  return party.receiveLogouts(act, log);
};
let issued = 0;
const tokenOf = (key = idp.key, changes: object = {}) =>
  signed(
    key,
    { typ: 'logout+jwt' },
    {
      iss: idp.issuer,
      aud: 'web-bff',
      sid: 'sid-1',
      jti: `r${(issued += 1)}`,
      iat: clock.seconds(),
      exp: clock.seconds() + 120,
      events: { 'http://schemas.openid.net/event/backchannel-logout': {} },
      ...changes,
    },
  );

describe('F38 while the store does not answer', () => {
  test('while the store does not answer, a verified logout token is reported as not carried out; it is carried out when the store is back, even if the token has expired', async () => {
    const receiver = receiverAt();
    await receiver.receive(tokenOf());
    act.mockClear();
    store.down = true;
    await expect(receiver.receive(tokenOf())).rejects.toBeInstanceOf(StateUnavailable);
    clock.advance(600);
    store.down = false;
    await until(() => act.mock.calls.length === 1);
    expect(act.mock.calls[0]?.[0]).toMatchObject({ sid: 'sid-1' });
    await receiver.close();
    expect(act).toHaveBeenCalledTimes(1);
  });

  test('a process retries a retained logout token once before it exits', async () => {
    const receiver = receiverAt();
    store.down = true;
    await expect(receiver.receive(tokenOf())).rejects.toBeInstanceOf(StateUnavailable);
    store.down = false;
    await receiver.close();
    expect(act).toHaveBeenCalledTimes(1);
  });
});

describe('F37 F71 while a token cannot be verified', () => {
  test('a logout token whose provider is down is carried out when the provider is back', async () => {
    const receiver = receiverAt('http://127.0.0.1:1');
    const token = tokenOf(idp.key, { iss: 'http://127.0.0.1:1' });
    await expect(receiver.receive(token)).rejects.toBeInstanceOf(ProviderUnavailable);
    await receiver.close();
    expect(lines).toContain('logout tokens could not be carried out');
  });

  test('a logout token signed with a new key is verified again after the keys were fetched', async () => {
    const receiver = receiverAt();
    await receiver.receive(tokenOf());
    const next = keyPair('ES256', 'next');
    await expect(receiver.receive(tokenOf(next))).rejects.toMatchObject({ code: 'unknown-key' });
    idp.keys = [publicJwk(idp.key), publicJwk(next)];
    clock.advance(60);
    await until(() => act.mock.calls.length === 2);
    await receiver.close();
  });

  test('a logout token for another client is not retained', async () => {
    const receiver = receiverAt();
    await receiver.receive(tokenOf());
    const stranger = keyPair('ES256', 'stranger');
    for (const token of [
      tokenOf(stranger, { aud: 'other' }),
      tokenOf(stranger, { iss: 'https://other.example' }),
    ])
      await expect(receiver.receive(token)).rejects.toMatchObject({ code: 'unknown-key' });
    await receiver.close();
    expect(lines).not.toContain('logout tokens could not be carried out');
  });

  test('a logout token whose key is never published is dropped after half an hour', async () => {
    const receiver = receiverAt();
    await receiver.receive(tokenOf());
    await expect(receiver.receive(tokenOf(keyPair('ES256', 'never')))).rejects.toBeDefined();
    clock.advance(1_801);
    await until(() => lines.includes('a retained logout token was dropped'));
    await receiver.close();
    expect(act).toHaveBeenCalledTimes(1);
  });
});
