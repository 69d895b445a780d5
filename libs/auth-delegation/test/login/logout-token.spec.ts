import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { StateUnavailable } from '@bff/service-kit';
import { createSessionStore, ProviderUnavailable, TokenRefused, type RelyingParty } from '../../src/index.ts';
import { tryAttacks } from '../world/attack.ts';
import { stoppedClock, type StoppedClock } from '../world/clock.ts';
import { forge, signed, signerOf } from '../world/forge.ts';
import { hostileTokens, publicPartsOf, wrongClaims, type GoodToken } from '../world/hostile-tokens.ts';
import { t1 } from '../world/identities.ts';
import { partyOf } from '../world/relying-party.ts';
import { startIssuer, type TestIssuer } from '../world/test-issuer.ts';
import { watchedStore, type WatchedStore } from '../world/watched-store.ts';

const event = 'http://schemas.openid.net/event/backchannel-logout';
let idp: TestIssuer;
let clock: StoppedClock;
let store: WatchedStore;
let party: RelyingParty;

beforeAll(async () => {
  idp = await startIssuer('ES256');
});
afterAll(() => idp.close());
beforeEach(() => {
  clock = stoppedClock();
  store = watchedStore(clock.now);
  party = replica();
});

const replica = (changes: object = {}): RelyingParty =>
  partyOf({ issuer: idp.issuer, replayStore: store, now: clock.now, ...changes });
let issued = 0;
const claims = (changes: object = {}) => ({
  iss: idp.issuer,
  aud: 'web-bff',
  sub: 'u1',
  sid: 'sid-1',
  jti: `j${(issued += 1)}`,
  iat: clock.seconds(),
  exp: clock.seconds() + 120,
  events: { [event]: {} },
  ...changes,
});
const logoutToken = (changes: object = {}, header: object = { typ: 'logout+jwt' }) =>
  signed(idp.key, header, claims(changes));
const refused = (code: string) => expect.objectContaining({ name: 'TokenRefused', code });

describe('a logout token', () => {
  test('W11 a logout token names the session or user that is logged out', async () => {
    const token = logoutToken({ jti: 'the-jti' });
    await expect(party.verifyLogoutToken(token)).resolves.toEqual({
      issuer: idp.issuer,
      sub: 'u1',
      sid: 'sid-1',
      jti: 'the-jti',
      iat: clock.seconds(),
    });
  });

  test.each([
    ['sid alone', { sub: undefined }, {}],
    ['sub alone', { sid: undefined }, {}],
    ['no typ at all', {}, { typ: undefined }],
    ['the media type with its prefix application/', {}, { typ: 'application/logout+jwt' }],
    [
      'another event beside the logout event',
      { events: { [event]: {}, 'https://example.com/other': {} } },
      {},
    ],
    ['a clock 30 s ahead', { iat: stoppedClock().seconds() + 30 }, {}],
  ])('W11 a logout token with %s is accepted', async (_title, changes, header) => {
    await expect(
      party.verifyLogoutToken(logoutToken(changes, { typ: 'logout+jwt', ...header })),
    ).resolves.toBeDefined();
  });

  test('W11 every hostile logout token is rejected', async () => {
    const now = clock.seconds();
    const good: GoodToken = {
      header: { alg: 'ES256', kid: idp.key.kid, typ: 'logout+jwt' },
      payload: claims({ jti: 'good' }),
      signer: signerOf(idp.key),
      publicParts: [...publicPartsOf(idp.key), 'the-secret'],
    };
    const nobody = { ...good.payload, sub: undefined, sid: undefined };
    const idTokenClaims = { ...good.payload, events: undefined };
    const vectors = [
      ...hostileTokens(good),
      ...wrongClaims(good, {
        iss: [undefined, '', `${idp.issuer}/`, 'https://idp.t2.example', [idp.issuer], null],
        aud: [undefined, '', 'mobile-bff', ['mobile-bff'], ['web-bff', 'mobile-bff'], [], null],
        azp: ['mobile-bff'],
        iat: [undefined, null, `${now}`, now + 31, now - 7 * 86_400, 0],
        exp: [undefined, null, `${now + 60}`, now - 30, now + 86_401 + 7200, 0, now, now - 1],
        jti: [undefined, null, '', 1, 'x'.repeat(256)],
        sub: [1, ['u1']],
        sid: [1, ['sid-1']],
        nonce: ['n', '', null, 0, false],
        events: [
          undefined,
          null,
          {},
          [],
          [event],
          event,
          { [event]: null },
          { [event]: true },
          { [event]: 'x' },
          { [event]: undefined },
          { 'http://schemas.openid.net/event/frontchannel-logout': {} },
          { [`${event}/`]: {} },
        ],
      }),
      { title: 'neither sub nor sid', token: forge(good.header, nobody, good.signer) },
      {
        title: 'an ID token',
        token: forge({ ...good.header, typ: 'JWT' }, { ...idTokenClaims, nonce: 'n' }, good.signer),
      },
      {
        title: 'an ID token without nonce and typ',
        token: forge({ ...good.header, typ: undefined }, idTokenClaims, good.signer),
      },
      ...[
        'JWT',
        'jwt',
        'at+jwt',
        'logout',
        'logout+jwt2',
        'text/logout+jwt',
        '',
        1,
        null,
        ['logout+jwt'],
      ].map((typ) => ({
        title: `typ ${String(typ)}`,
        token: forge({ ...good.header, typ }, good.payload, good.signer),
      })),
    ];
    const act = jest.fn(async () => undefined);

    const { tried, ...siege } = await tryAttacks(
      vectors,
      (token) => party.verifyLogoutToken(token, act),
      (error) => error instanceof TokenRefused,
    );

    expect(siege).toEqual({ through: [], crashed: [] });
    expect(tried).toBeGreaterThan(500);
    expect(act).not.toHaveBeenCalled();
    expect(store.dump()).toBe('');
    await party.verifyLogoutToken(forge(good.header, good.payload, good.signer), act);
    expect(act).toHaveBeenCalledTimes(1);
  });

  test('W11 a logout token whose jti was used is rejected on every replica, as long as the token could be valid', async () => {
    const [once, again] = [
      logoutToken({ jti: 'same', exp: clock.seconds() + 3600 }),
      logoutToken({ jti: 'same', exp: clock.seconds() + 3600 }),
    ];
    const other = replica();
    await party.verifyLogoutToken(once);
    for (const seconds of [0, 60, 3500]) {
      clock.advance(seconds);
      await expect(other.verifyLogoutToken(once)).rejects.toEqual(refused('replayed'));
      await expect(other.verifyLogoutToken(again)).rejects.toEqual(refused('replayed'));
    }
  });

  test('W11 a logout token that is delivered many times concurrently is carried out exactly once', async () => {
    const act = jest.fn(async () => undefined);
    const token = logoutToken();
    await Promise.allSettled(Array.from({ length: 20 }, () => party.verifyLogoutToken(token, act)));
    expect(act).toHaveBeenCalledTimes(1);
  });

  test('W11 a logout token is not carried out while its jti cannot be stored', async () => {
    const act = jest.fn(async () => undefined);
    const token = logoutToken();
    store.down = true;
    await expect(party.verifyLogoutToken(token, act)).rejects.toBeInstanceOf(StateUnavailable);
    expect(act).not.toHaveBeenCalled();
    store.down = false;
    await party.verifyLogoutToken(token, act);
    expect(act).toHaveBeenCalledTimes(1);
  });

  test('W11 a logout token may be delivered again when the logout failed halfway', async () => {
    const token = logoutToken();
    const failing = () => Promise.reject(new StateUnavailable('down'));
    await expect(party.verifyLogoutToken(token, failing)).rejects.toBeInstanceOf(StateUnavailable);
    await expect(party.verifyLogoutToken(token)).resolves.toBeDefined();
  });

  test('W11 a logout token may be delivered again when the store failed during the logout', async () => {
    const token = logoutToken();
    const goesDown = async () => {
      store.down = true;
      throw new StateUnavailable('down');
    };
    await expect(party.verifyLogoutToken(token, goesDown)).rejects.toBeInstanceOf(StateUnavailable);
    store.down = false;
    await expect(party.verifyLogoutToken(token)).rejects.toEqual(refused('replayed'));
    clock.advance(10);
    await expect(party.verifyLogoutToken(token)).resolves.toBeDefined();
  });

  test('W11 a logout token is not accepted before the provider was ever reached', async () => {
    const elsewhere = replica({ issuer: 'http://127.0.0.1:1' });
    await expect(elsewhere.verifyLogoutToken(logoutToken())).rejects.toBeInstanceOf(ProviderUnavailable);
  });
});

test('W11 a logout token ends the session in the store, and not a session that began later', async () => {
  const sessions = createSessionStore({
    store,
    kind: 'session',
    idleMs: 1e6,
    absoluteMs: 1e7,
    now: clock.now,
  });
  const begin = () =>
    sessions.create({
      home: t1,
      issuer: idp.issuer,
      subject: 'u1',
      tenants: ['t1'],
      roles: [],
      permissions: [],
      sid: 'sid-1',
      authTime: 0,
      issuedAt: clock.seconds(),
    });
  const before = await begin();
  const token = logoutToken({ sub: undefined });
  clock.advance(1);
  const after = await begin();

  await party.verifyLogoutToken(token, ({ issuer, sid, iat }) => sessions.endBySid(issuer, sid!, iat));

  await expect(sessions.find(before.handle)).resolves.toBeUndefined();
  await expect(sessions.find(after.handle)).resolves.toBeDefined();
});
