import { Writable } from 'node:stream';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { createLogger, createMemoryStore, type Logger } from '@bff/service-kit';
import {
  createEndMarks,
  createSessionOperations,
  createSessionStore,
  createTokenMarks,
  type SessionStore,
} from '../../src/index.ts';
import { digestOf } from '../../src/opaque.ts';
import { stoppedClock } from '../world/clock.ts';
import { t1 } from '../world/identities.ts';

const issuer = 'https://idp.example';
const clock = stoppedClock();
const hour = 3_600_000;
let lines: Record<string, unknown>[];
let log: Logger;
let sessions: SessionStore;
let operations: ReturnType<typeof createSessionOperations>;

beforeEach(() => {
  lines = [];
  const write = (chunk: Buffer, _: unknown, done: () => void) => {
    lines.push(JSON.parse(chunk.toString()));
    done();
  };
  log = createLogger('test', 'silent', new Writable({ write }));
  const store = createMemoryStore({ clock: clock.now });
  const marks = createEndMarks({ store, area: 'session', ttlMs: hour, log, now: clock.now });
  sessions = createSessionStore({
    store,
    kind: 'session',
    idleMs: hour,
    absoluteMs: hour,
    marks,
    now: clock.now,
  });
  operations = createSessionOperations({ endings: sessions, issuer, log, now: clock.now });
});

const begin = (subject: string) =>
  sessions.create({
    home: t1,
    issuer,
    subject,
    tenants: ['t1'],
    roles: [],
    permissions: [],
    authTime: clock.seconds(),
    issuedAt: clock.seconds(),
  });
const asked = { by: 'op@example', why: 'ticket 7' };

describe('an operator', () => {
  test('each operation of an operator causes one audit line at every log level, with the tenant first and only a digest of the user', async () => {
    await begin('u-secret-name');
    const [status, answer] = await operations.end({ ...asked, subject: 'u-secret-name' });
    expect([status, answer]).toEqual([200, { ended: 1, before: new Date(clock.now()).toISOString() }]);
    await operations.end({ ...asked, tenant: 't1' });
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({
      audit: 'sessions.end',
      ...asked,
      of: 'subject',
      subject_digest: digestOf(issuer, 'u-secret-name'),
      status: 200,
      sessions: 1,
    });
    expect(JSON.stringify(lines)).not.toContain('u-secret-name');
    const own = Object.keys(lines[1]!).filter((key) => !['level', 'time', 'service'].includes(key));
    expect(own[0]).toBe('tenant');
  });

  test('an operator sees the same members of a session as its user, and no handle', async () => {
    const { handle, session } = await begin('u1');
    const [, answer] = await operations.list({ ...asked, everybody: true });
    expect(answer).toEqual({
      sessions: [
        {
          tenant: 't1',
          id: session.id,
          subject: 'u1',
          device: 'Unknown device',
          created_at: expect.any(String),
          last_seen_at: expect.any(String),
          ends_at: expect.any(String),
        },
      ],
      complete: true,
    });
    expect(JSON.stringify(answer)).not.toContain(handle);
    expect(await operations.count({ ...asked, everybody: true })).toEqual([200, { count: 1 }]);
  });

  const u1 = { subject: 'u1' };
  test.each([
    ['who ends the sessions', { why: 'x', ...u1 }, /^by: /],
    ['a reason', { by: 'x', ...u1 }, /^why: /],
    ['a reason that is not blank', { by: 'x', why: '  ', ...u1 }, /^why: /],
    ['a reason in one line', { by: 'x', why: 'a\nb', ...u1 }, /^why: /],
    ['a target', asked, /exactly one/],
    ['not more than one target', { ...asked, ...u1, tenant: 't1' }, /exactly one/],
    ['everybody only as true', { ...asked, everybody: false }, /^everybody: /],
    ['a date', { ...asked, ...u1, before: 'yesterday' }, /^before: /],
    ['a date with a time zone', { ...asked, ...u1, before: '2026-11-01T00:00:00' }, /^before: /],
    ['a date in the past', { ...asked, ...u1, before: '2999-01-01T00:00:00Z' }, /future/],
    ['a limit of at most 1,000', { ...asked, ...u1, limit: 1_001 }, /^limit: /],
    ['known members only', { ...asked, ...u1, tennant: 't1' }, /tennant/],
    ['an object', [asked], /./],
    ['an object, not null', null, /./],
    ['a subject of at most 255 characters', { ...asked, subject: 'x'.repeat(256) }, /^subject: /],
  ])('a request to end sessions must state %s, otherwise nothing is ended', async (_, body, fault) => {
    const { handle } = await begin('u1');
    const [status, answer] = await operations.end(body);
    expect([status, (answer as { error: string }).error]).toEqual([400, expect.stringMatching(fault)]);
    expect(await sessions.find(handle)).toBeDefined();
    expect(lines).toEqual([]);
  });
});

test('an app that only ends access tokens rejects the operation count, and its answer to the operation end states the time', async () => {
  const marks = createTokenMarks(createMemoryStore(), log, clock.now);
  const forTokens = createSessionOperations({ endings: marks, issuer, log, now: clock.now });
  const body = { ...asked, client: 'c1' };
  expect((await forTokens.count(body))[0]).toBe(400);
  expect(await forTokens.end(body)).toEqual([200, { before: new Date(clock.now()).toISOString() }]);
  expect(lines.map(({ audit, status }) => [audit, status])).toEqual([
    ['sessions.count', 400],
    ['sessions.end', 200],
  ]);
});
