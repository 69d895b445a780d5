import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createMetrics } from '@bff/service-kit';
import { succeeds, until } from '@bff/testbed';
import { createSessionStore, sessionSignals, type SessionFacts, type SessionStore } from '../../src/index.ts';
import { createSignalReceiver } from '../../src/signals/signal-receiver.ts';
import { stoppedClock, type StoppedClock } from '../world/clock.ts';
import { keyPair, publicJwk, signed } from '../world/forge.ts';
import { t1 } from '../world/identities.ts';
import { silentLog } from '../world/log.ts';
import { startIssuer, type TestIssuer } from '../world/test-issuer.ts';
import { watchedStore, type WatchedStore } from '../world/watched-store.ts';
import * as examples from './specification-examples.ts';

const caep = 'https://schemas.openid.net/secevent/caep/event-type/';
const risc = 'https://schemas.openid.net/secevent/risc/event-type/';
const header = { typ: 'secevent+jwt' };
const transmitterName = 'https://transmitter.example';
const audience = 'https://app.example/signals';

let idp: TestIssuer;
let clock: StoppedClock;
let store: WatchedStore;
let sessions: SessionStore;
let lines: { readonly result?: string; readonly reason?: string }[];
beforeAll(async () => {
  idp = await startIssuer('ES256');
});
afterAll(() => idp.close());
beforeEach(() => {
  start();
  idp.down = false;
  idp.keys = [publicJwk(idp.key)];
});

function start(at?: number): void {
  clock = stoppedClock(at);
  store = watchedStore(clock.now);
  lines = [];
  sessions = createSessionStore({
    store,
    kind: 'session',
    idleMs: 86_400_000,
    absoluteMs: 86_400_000,
    confirmMs: 900_000,
    now: clock.now,
  });
}

interface Changes {
  readonly issuer?: string;
  readonly aud?: string;
  readonly provider?: string;
  readonly subjectClaim?: string;
}
const receiverAt = ({
  issuer = transmitterName,
  aud = audience,
  provider = idp.issuer,
  subjectClaim = 'sub',
}: Changes = {}) =>
  createSignalReceiver({
    issuer,
    audience: aud,
    jwksUri: `${idp.issuer}/jwks`,
    authorization: '',
    provider: { issuer: provider },
    subjectClaim,
    actions: sessionSignals(sessions, provider),
    store,
    metrics: createMetrics('test'),
    log: silentLog((line) => lines.push(line as object)),
    now: clock.now,
  });

let issued = 0;
const eventToken = (type: string, details: object = {}, claims: object = {}, key = idp.key, head = header) =>
  signed(key, head, {
    iss: transmitterName,
    aud: audience,
    jti: `s${(issued += 1)}`,
    iat: clock.seconds(),
    sub_id: { format: 'iss_sub', iss: idp.issuer, sub: 'u1' },
    events: { [type]: details },
    ...claims,
  });
const facts = (changes: Partial<SessionFacts> = {}): SessionFacts => ({
  home: t1,
  issuer: idp.issuer,
  subject: 'u1',
  tenants: ['t1'],
  roles: [],
  permissions: [],
  sid: 'sid-1',
  authTime: clock.seconds(),
  issuedAt: clock.seconds(),
  ...changes,
});
const begin = async (changes: Partial<SessionFacts> = {}) => (await sessions.create(facts(changes))).handle;
const isAlive = async (handle: string) => (await sessions.find(handle)) !== undefined;
const result = () => lines.at(-1)?.result;

describe('events of the provider', () => {
  test.each([
    [`${caep}session-revoked`, {}],
    [`${caep}credential-change`, { credential_type: 'password', change_type: 'update' }],
    [`${caep}credential-change`, { credential_type: 'password', change_type: 'revoke' }],
    [`${risc}account-disabled`, { reason: 'hijacking' }],
    [`${risc}account-purged`, {}],
    [`${risc}sessions-revoked`, {}],
  ])('F35 the event %s ends the sessions of its user and of no other', async (type, details) => {
    const [own, others] = [await begin(), await begin({ subject: 'u2', sid: 'sid-2' })];
    clock.advance(1);
    await receiverAt().receive(eventToken(type, details));
    expect([await isAlive(own), await isAlive(others), result()]).toEqual([false, true, 'applied']);
  });

  test('the event session-revoked of one session ends this session, and the sessions of its user without a sid', async () => {
    const [one, other, nameless] = [
      await begin(),
      await begin({ sid: 'sid-2' }),
      await begin({ sid: undefined }),
    ];
    clock.advance(1);
    const user = { format: 'iss_sub', iss: idp.issuer, sub: 'u1' };
    const sub_id = { format: 'complex', user, session: { format: 'opaque', id: 'sid-1' } };
    await receiverAt().receive(eventToken(`${caep}session-revoked`, {}, { sub_id }));
    expect([await isAlive(one), await isAlive(other), await isAlive(nameless)]).toEqual([false, true, false]);
  });

  test('after the event token-claims-change, the provider must confirm the session before it continues', async () => {
    const handle = await begin();
    clock.advance(1);
    await receiverAt().receive(eventToken(`${caep}token-claims-change`, { claims: { role: 'x' } }));
    expect((await sessions.find(handle))?.confirmation).toMatchObject({ until: 0 });
    expect((await sessions.reload(handle, facts()))?.confirmation).toMatchObject({ until: 0 });
  });

  test('the event token-claims-change does not affect a session that was confirmed since', async () => {
    const handle = await begin();
    const at = clock.seconds();
    clock.advance(60);
    const confirmation = { at: clock.now(), until: clock.now() + 900_000, generation: 1 };
    await sessions.change(handle, facts(), (each) => ({ ...each, confirmation }));
    await receiverAt().receive(eventToken(`${caep}token-claims-change`, { claims: {}, event_timestamp: at }));
    expect((await sessions.find(handle))?.confirmation).toEqual(confirmation);
  });

  test.each([
    ['a credential that was added', `${caep}credential-change`, { change_type: 'create' }],
    ['an account that was enabled', `${risc}account-enabled`, {}],
    ['an unknown event', 'https://example.com/event/what', {}],
  ])('a signal about %s is accepted and ends no session', async (_, type, details) => {
    const handle = await begin();
    clock.advance(1);
    await receiverAt().receive(eventToken(type, details));
    expect([await isAlive(handle), result()]).toEqual([true, 'ignored']);
  });
});

describe('the examples of the specifications', () => {
  const sidOfCaep = 'dMTlD|1600802906337.16|16008.16';
  test.each([
    [
      'session-revoked with the id of the session ends the session',
      examples.sessionRevokedById,
      { sid: sidOfCaep },
      false,
    ],
    ['session-revoked of another session does not end the session', examples.sessionRevokedById, {}, true],
    [
      'session-revoked of a session and its user ends the session',
      examples.sessionRevokedOfUser,
      { sid: sidOfCaep },
      false,
    ],
    [
      'session-revoked of a user and a device ends the session of the user',
      examples.sessionRevokedOfDevice,
      { subject: 'jane.smith@example.com' },
      false,
    ],
    [
      'token-claims-change of a token by its id does not end the session',
      examples.tokenClaimsChange,
      { subject: 'jane.smith@example.com' },
      true,
    ],
    [
      'credential-change of a new authenticator does not end the session',
      examples.credentialChange,
      { subject: 'jane.smith@example.com' },
      true,
    ],
    [
      'assurance-level-change does not end the session',
      examples.assuranceLevelChange,
      { subject: 'jane.smith@example.com' },
      true,
    ],
    [
      'account-disabled in the form of 2018 ends the session',
      examples.accountDisabled,
      { subject: '7375626A656374' },
      false,
    ],
    ['the verification of a stream does not end the session', examples.verification, {}, true],
  ])('example of the specification: %s', async (_, payload, whose, lives) => {
    start((payload.iat - 600) * 1000);
    const handle = await begin({ ...whose, issuer: payload.iss });
    clock.advance(601);
    const receiver = receiverAt({ issuer: payload.iss, aud: payload.aud, provider: payload.iss });
    await receiver.receive(signed(idp.key, header, payload));
    expect(await isAlive(handle)).toBe(lives);
  });

  test('an event with aliases of RFC 9493 ends the sessions of their user when the subject is the email address', async () => {
    const handle = await begin({ subject: 'user@example.com', providerSubject: 'p-1' });
    clock.advance(1);
    const byName = () => eventToken(`${risc}account-disabled`, {}, { sub_id: examples.aliases });
    await receiverAt().receive(byName());
    expect([await isAlive(handle), result()]).toEqual([true, 'unmapped']);
    await receiverAt({ subjectClaim: 'email' }).receive(byName());
    expect([await isAlive(handle), result()]).toEqual([false, 'applied']);
  });
});

describe('the order of events', () => {
  test('an event ends the sessions that began before it, however late it arrives, but no session that began after it', async () => {
    const old = await begin();
    clock.advance(100);
    const at = clock.seconds();
    clock.advance(100);
    const fresh = await begin({ sid: 'sid-2' });
    await receiverAt().receive(eventToken(`${risc}sessions-revoked`, { event_timestamp: at }));
    expect([await isAlive(old), await isAlive(fresh)]).toEqual([false, true]);
  });

  test('an event_timestamp in milliseconds, as in CAEP, is read as the same time as one in seconds', async () => {
    const at = clock.now() - 1_000;
    const handle = await begin();
    clock.advance(100);
    await receiverAt().receive(eventToken(`${risc}sessions-revoked`, { event_timestamp: at }));
    expect(await isAlive(handle)).toBe(true);
    const now = { event_timestamp: clock.now() };
    await receiverAt().receive(eventToken(`${risc}sessions-revoked`, now));
    expect(await isAlive(handle)).toBe(false);
  });

  test('the claim `toe` of an event token states when the event happened, and an event time after the issue of the token is ignored', async () => {
    const begun = clock.seconds();
    const handle = await begin();
    clock.advance(100);
    await receiverAt().receive(eventToken(`${risc}sessions-revoked`, {}, { toe: begun - 1 }));
    expect(await isAlive(handle)).toBe(true);
    const token = eventToken(
      `${risc}sessions-revoked`,
      { event_timestamp: begun + 9_999 },
      { iat: begun - 1 },
    );
    await receiverAt().receive(token);
    expect(await isAlive(handle)).toBe(true);
  });

  test('F35 a login during which the event arrives creates a session that is ended from the start', async () => {
    const from = facts();
    clock.advance(5);
    await receiverAt().receive(eventToken(`${risc}account-disabled`));
    clock.advance(5);
    expect(await isAlive((await sessions.create(from)).handle)).toBe(false);
    expect(await isAlive(await begin())).toBe(true);
  });

  test('a repeated event token is accepted and has no effect, even if both arrive at once', async () => {
    const receiver = receiverAt();
    const token = eventToken(`${risc}sessions-revoked`);
    await Promise.all([receiver.receive(token), receiver.receive(token)]);
    await receiver.receive(token);
    expect(lines.filter((line) => line.result !== undefined)).toHaveLength(1);
  });
});

describe('F37 F38 while keys or store do not answer', () => {
  test('an event that arrives while the store is down is retained, and carried out when the store is back', async () => {
    const handle = await begin();
    clock.advance(1);
    const receiver = receiverAt();
    await receiver.receive(
      eventToken(`${caep}session-revoked`, {}, { sub_id: { format: 'opaque', id: 'x' } }),
    );
    store.down = true;
    await expect(receiver.receive(eventToken(`${risc}account-disabled`))).rejects.toThrow();
    store.down = false;
    await until(async () => !(await isAlive(handle)));
    await receiver.close();
  });

  test('an event signed with a key that is not published yet is retained until the key is published', async () => {
    const handle = await begin();
    clock.advance(1);
    const receiver = receiverAt();
    const next = keyPair('ES256', 'next-key');
    await expect(receiver.receive(eventToken(`${risc}account-disabled`, {}, {}, next))).rejects.toMatchObject(
      { code: 'unknown-key' },
    );
    idp.keys = [publicJwk(idp.key), publicJwk(next)];
    await until(async () => {
      clock.advance(31);
      return !(await isAlive(handle));
    });
    await receiver.close();
  });
});

describe('rejected tokens and subjects', () => {
  const stranger = keyPair('ES256', 'issuer-key');
  const disabled = `${risc}account-disabled`;
  const aliasesOf = (count: number) => ({
    sub_id: {
      format: 'aliases',
      identifiers: Array.from({ length: count }, () => ({ format: 'iss_sub', iss: idp.issuer, sub: 'u1' })),
    },
  });
  test.each([
    ['a forged signature', 'signature', () => eventToken(disabled, {}, {}, stranger)],
    [
      'no signature',
      'algorithm',
      () => {
        const [, claims] = eventToken(disabled).split('.');
        const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'secevent+jwt' })).toString('base64url');
        return `${none}.${claims}.`;
      },
    ],
    ['the type JWT', 'type', () => eventToken(disabled, {}, {}, idp.key, { typ: 'JWT' })],
    ['the type logout+jwt', 'type', () => eventToken(disabled, {}, {}, idp.key, { typ: 'logout+jwt' })],
    [
      'no type',
      'type',
      () =>
        signed(
          idp.key,
          { typ: undefined },
          { iss: transmitterName, aud: audience, iat: clock.seconds(), jti: 'x', events: {} },
        ),
    ],
    ['another issuer', 'issuer', () => eventToken(disabled, {}, { iss: idp.issuer })],
    ['another audience', 'audience', () => eventToken(disabled, {}, { aud: 'web-bff' })],
    ['no audience', 'audience', () => eventToken(disabled, {}, { aud: undefined })],
    ['no jti', 'claims', () => eventToken(disabled, {}, { jti: undefined })],
    ['no iat', 'claims', () => eventToken(disabled, {}, { iat: undefined })],
    [
      'an iat of tomorrow',
      'not-yet-valid',
      () => eventToken(disabled, {}, { iat: clock.seconds() + 86_400 }),
    ],
    [
      'an iat of last year',
      'lifetime',
      () => eventToken(disabled, {}, { iat: clock.seconds() - 365 * 86_400 }),
    ],
    ['no events', 'claims', () => eventToken(disabled, {}, { events: {} })],
    ['a list of events', 'claims', () => eventToken(disabled, {}, { events: [disabled] })],
    [
      'an event that is not an object',
      'claims',
      () => eventToken(disabled, {}, { events: { [disabled]: true } }),
    ],
    [
      'eleven events',
      'claims',
      () =>
        eventToken(
          disabled,
          {},
          { events: Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`urn:${i}`, {}])) },
        ),
    ],
    ['no subject', 'claims', () => eventToken(disabled, {}, { sub_id: undefined })],
    [
      'a subject without a format',
      'claims',
      () => eventToken(disabled, {}, { sub_id: { iss: idp.issuer, sub: 'u1' } }),
    ],
    [
      'a subject that is a list',
      'claims',
      () => eventToken(disabled, {}, { sub_id: [{ format: 'opaque', id: 'u1' }] }),
    ],
    [
      'a sub that is a number',
      'claims',
      () => eventToken(disabled, {}, { sub_id: { format: 'iss_sub', iss: idp.issuer, sub: 1 } }),
    ],
    [
      'aliases inside aliases',
      'claims',
      () =>
        eventToken(
          disabled,
          {},
          { sub_id: { format: 'aliases', identifiers: [{ format: 'aliases', identifiers: [] }] } },
        ),
    ],
    ['101 subjects', 'claims', () => eventToken(disabled, {}, aliasesOf(101))],
    ['10,000 subjects', 'too-large', () => eventToken(disabled, {}, aliasesOf(10_000))],
    ['only two parts', 'malformed', () => 'x.y'],
  ])('an event token with %s is rejected and ends no session', async (_, code, token) => {
    const handle = await begin();
    clock.advance(1);
    await expect(receiverAt().receive(token())).rejects.toMatchObject({ code });
    expect(await isAlive(handle)).toBe(true);
  });

  test.each([
    ['an unknown user', { format: 'iss_sub', iss: 'IDP', sub: 'nobody' }, 'nobody'],
    ['a user called *', { format: 'iss_sub', iss: 'IDP', sub: '*' }, 'nobody'],
    ['a user of another issuer', { format: 'iss_sub', iss: 'https://other.example', sub: 'u1' }, 'unmapped'],
    ['an empty list of aliases', { format: 'aliases', identifiers: [] }, 'unmapped'],
    ['all users of a tenant', { format: 'complex', tenant: { format: 'opaque', id: 't1' } }, 'unmapped'],
    ['all users of a group', { format: 'complex', group: { format: 'opaque', id: 'staff' } }, 'unmapped'],
    ['a phone number', { format: 'phone_number', phone_number: '+12065550100' }, 'unmapped'],
    ['an account', { format: 'account', uri: 'acct:u1@idp.example' }, 'unmapped'],
    [
      'a subject format that RFC 9493 does not define',
      { format: 'catalog_item', catalog_id: 'u1' },
      'unmapped',
    ],
  ])('a signal for %s is accepted and ends no session', async (_, subject, expected) => {
    const handle = await begin();
    clock.advance(1);
    const sub_id = JSON.parse(JSON.stringify(subject).replace('IDP', idp.issuer)) as object;
    await receiverAt().receive(eventToken(disabled, {}, { sub_id }));
    expect([await isAlive(handle), result()]).toEqual([true, expected]);
  });

  test('100 aliases of one subject count as one user', async () => {
    const handle = await begin();
    clock.advance(1);
    await receiverAt().receive(eventToken(disabled, {}, aliasesOf(100)));
    expect(await isAlive(handle)).toBe(false);
  });
});

test('9,000 signals in any order end the sessions of their own users, and of no others', async () => {
  const receiver = receiverAt();
  // Fetches the keys, and repeats that on a busy machine if the connection times out.
  await until(() => succeeds(receiver.receive(eventToken(`${risc}verification`))));
  const handles: string[] = [];
  for (let i = 0; i < 10_000; i++) handles.push(await begin({ subject: `u${i}`, sid: `s${i}` }));
  clock.advance(1);
  const order = handles.map((_, i) => (i * 7_919) % 10_000).filter((i) => i % 10 !== 0);
  for (let at = 0; at < order.length; at += 100)
    await Promise.all(
      order
        .slice(at, at + 100)
        .map((i) =>
          receiver.receive(
            eventToken(
              `${risc}sessions-revoked`,
              {},
              { sub_id: { format: 'iss_sub', iss: idp.issuer, sub: `u${i}` } },
            ),
          ),
        ),
    );
  const alive = await Promise.all(handles.map(isAlive));
  expect(alive.map((lives, i) => (lives ? i : -1)).filter((i) => i >= 0)).toEqual(
    handles.map((_, i) => i).filter((i) => i % 10 === 0),
  );
}, 120_000);
