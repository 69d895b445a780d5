import { afterEach, expect, test } from '@jest/globals';
import type { Outcome } from '@bff/service-kit';
import { createWorld, otherId, scopeOf } from '../world.ts';

const world = createWorld();
afterEach(world.end);

const failed = (reason: 'error' | 'shed' | 'bad-response', retryAfterMs?: number) =>
  ({ kind: 'failed', reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }) as const;

test.each<[number, string | undefined, Outcome<never>]>([
  [300, undefined, failed('bad-response')],
  [301, undefined, failed('bad-response')],
  [304, undefined, failed('bad-response')],
  [307, undefined, failed('bad-response')],
  [400, undefined, { kind: 'refused', status: 400 }],
  [401, undefined, { kind: 'refused', status: 401 }],
  [403, undefined, { kind: 'refused', status: 403 }],
  [404, undefined, { kind: 'absent' }],
  [409, undefined, { kind: 'refused', status: 409 }],
  [410, undefined, { kind: 'absent' }],
  [412, undefined, { kind: 'refused', status: 412 }],
  [422, undefined, { kind: 'refused', status: 422 }],
  [429, undefined, failed('shed')],
  [429, '7', failed('shed', 7_000)],
  [429, '0', failed('shed', 0)],
  [429, 'Mon, 01 Jan 2024 00:00:00 GMT', failed('shed', 0)],
  [429, '-3', failed('shed')],
  [429, '1.5', failed('shed')],
  [429, 'soon', failed('shed')],
  [429, '9'.repeat(30), failed('shed')],
  [500, undefined, failed('error')],
  [502, undefined, failed('error')],
  [503, '2', failed('error', 2_000)],
  [599, undefined, failed('error')],
])(
  'an answer of status %i with Retry-After %s has the outcome of that status',
  async (status, retryAfter, outcome) => {
    const upstream = await world.http((_, response) => {
      response.writeHead(status, {
        'Content-Type': 'application/json',
        Location: '/elsewhere',
        ...(retryAfter && { 'Retry-After': retryAfter }),
      });
      response.end(status === 304 ? undefined : '{"label":"gold"}');
    });
    const { clients } = world.clients(upstream.address);
    expect(await clients.other.read(scopeOf(), { otherId })).toEqual(outcome);
  },
);

test('a Retry-After that is a future date is converted to the milliseconds until that date', async () => {
  const upstream = await world.http((_, response) => {
    response.writeHead(429, { 'Retry-After': new Date(Date.now() + 60_000).toUTCString() }).end();
  });
  const outcome = await world.clients(upstream.address).clients.other.read(scopeOf(), { otherId });
  expect(outcome).toMatchObject(failed('shed'));
  const { retryAfterMs = 0 } = outcome as { retryAfterMs?: number };
  expect(retryAfterMs).toBeGreaterThan(50_000);
  expect(retryAfterMs).toBeLessThanOrEqual(60_000);
});

test.each([
  'application/json',
  'application/json; charset=utf-8',
  'Application/JSON;charset=UTF-8',
  'application/json ; charset=utf-8',
])('an answer of type %s is read as JSON', async (type) => {
  const upstream = await world.http((_, response) => {
    response.writeHead(200, { 'Content-Type': type, 'Content-Encoding': 'identity' }).end('{"label":"gold"}');
  });
  const { clients } = world.clients(upstream.address);
  expect(await clients.other.read(scopeOf(), { otherId })).toEqual({
    kind: 'value',
    value: { label: 'gold' },
  });
});
