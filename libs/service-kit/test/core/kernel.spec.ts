import { readFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import * as kernel from '../../src/index.ts';
import {
  createLogger,
  Deadline,
  mapOutcome,
  Problem,
  problemBody,
  problemTypes,
  type Outcome,
} from '../../src/index.ts';

describe('deadline', () => {
  let now = 1_000;
  const clock = () => now;
  const { signal } = new AbortController();

  test('A2 a child deadline is never later than its parent, and the remaining time is never negative', () => {
    const parent = Deadline.after(100, signal, clock);
    expect(parent.within(500).remaining()).toBe(100);
    expect(parent.within(30).remaining()).toBe(30);
    now += 150;
    expect(parent.remaining()).toBe(0);
    expect(parent.within(30).remaining()).toBe(0);
  });

  test('A2 each retry has less time than the attempt before', () => {
    const parent = Deadline.after(100, signal, clock);
    const first = parent.within(80).remaining();
    now += 60;
    expect(parent.within(80).remaining()).toBeLessThan(first);
  });

  test('an expired deadline does not abort its signal, and a child deadline may have a signal of its own', () => {
    const own = new AbortController();
    const child = Deadline.after(0, signal, clock).within(0, own.signal);
    expect(child.signal.aborted).toBe(false);
    own.abort();
    expect(child.signal.aborted).toBe(true);
  });
});

describe('outcome', () => {
  const half = (n: number) => n / 2;
  test.each<[Outcome<number>, Outcome<number>]>([
    [
      { kind: 'value', value: 4, ageMs: 7, etag: '"x"' },
      { kind: 'value', value: 2, ageMs: 7, etag: '"x"' },
    ],
    [
      { kind: 'failed', reason: 'open', stale: { value: 4, ageMs: 7 } },
      { kind: 'failed', reason: 'open', stale: { value: 2, ageMs: 7 } },
    ],
    [
      { kind: 'failed', reason: 'shed', retryAfterMs: 1 },
      { kind: 'failed', reason: 'shed', retryAfterMs: 1 },
    ],
    [{ kind: 'absent' }, { kind: 'absent' }],
    [
      { kind: 'refused', status: 409 },
      { kind: 'refused', status: 409 },
    ],
    [{ kind: 'aborted' }, { kind: 'aborted' }],
  ])('mapOutcome transforms only values: %j', (given, expected) => {
    expect(mapOutcome(given, half)).toEqual(expected);
  });
});

describe('problem', () => {
  test('the body of a problem has the members of RFC 9457, and nothing of the cause', () => {
    const problem = new Problem('unknown-tenant', {
      detail: 'No such tenant',
      cause: new Error('select * from secrets'),
    });
    expect(problemBody(problem, '/api/thing', 'r-1')).toEqual({
      type: '/problems/unknown-tenant',
      title: 'The tenant is not known',
      status: 403,
      detail: 'No such tenant',
      instance: '/api/thing',
      request_id: 'r-1',
    });
  });
});

test.each(Object.entries(problemTypes))(
  'problem type %s has a page with its title and status',
  (type, [status, title]) => {
    const page = readFileSync(new URL(`../../../../docs/problems/${type}.md`, import.meta.url), 'utf8');
    expect(page).toContain(`# ${title}\n\n\`/problems/${type}\` · status ${status}\n`);
  },
);

describe('logger', () => {
  test('the logger redacts secrets at the top and one level down, at every log level', () => {
    const lines: string[] = [];
    const sink = new Writable({ write: (chunk, _, done) => (lines.push(String(chunk)), done()) });
    const log = createLogger('svc', 'trace', sink);
    log.info(
      {
        authorization: 'Bearer S3CRET',
        headers: { cookie: 'S3CRET', 'set-cookie': 'S3CRET' },
        body: { password: 'S3CRET' },
      },
      'x',
    );
    log.trace({ token: 'S3CRET', user: { email: 'S3CRET' } }, 'y');
    expect(lines.join('')).not.toContain('S3CRET');
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[0]!)).toMatchObject({
      level: 'info',
      service: 'svc',
      msg: 'x',
      authorization: '[redacted]',
    });
  });
});

test('service-kit exports exactly the names in the snapshot, without a wildcard', () => {
  expect(Object.keys(kernel).sort()).toMatchSnapshot();
  expect(readFileSync(new URL('../../src/index.ts', import.meta.url), 'utf8')).not.toContain('*');
});
