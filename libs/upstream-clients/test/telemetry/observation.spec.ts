import { afterEach, expect, test } from '@jest/globals';
import { sendJson } from '../upstreams.ts';
import { createWorld, scopeOf, the } from '../world.ts';

const world = createWorld();
afterEach(world.end);

const labels = { upstream: 'user', operation: 'profile' };

test('each call is counted once under its outcome, also those that were not made', async () => {
  const hang = 0;
  const answers = [200, 404, 403, 500, 429, hang, 204];
  const upstream = await world.http((_, response) => {
    const status = answers.shift();
    if (status === 200) sendJson(response, the.user);
    else if (status) response.writeHead(status).end();
  });
  const { clients, metric } = world.clients(upstream.address, {
    breakers: { 'user.profile': { consecutiveFailures: 2 } },
  });
  for (const answer of [...answers])
    await clients.user.profile(scopeOf({ ms: answer === hang ? 50 : 5_000 }), 'alice');
  await clients.user.profile(scopeOf({ ms: 0 }), 'alice');
  await clients.user.profile(scopeOf({ signal: AbortSignal.abort() }), 'alice');
  await clients.user.profile(scopeOf(), 'alice');

  const count = (outcome: string) => metric('bff_upstream_seconds_count', { ...labels, outcome });
  const outcomes = [
    'value',
    'absent',
    'refused',
    'error',
    'shed',
    'bad-response',
    'timeout',
    'aborted',
    'open',
  ];
  expect(await Promise.all(outcomes.map(count))).toEqual([1, 1, 1, 1, 1, 1, 2, 1, 1]);
});

test('the duration is in seconds, on the injected clock', async () => {
  let now = 0;
  const upstream = await world.http((_, response) => {
    now += 250;
    sendJson(response, the.user);
  });
  const { clients, metric } = world.clients(upstream.address, { clock: () => now });
  await clients.user.profile(scopeOf(), 'alice');
  expect(await metric('bff_upstream_seconds_sum', { ...labels, outcome: 'value' })).toBe(0.25);
});

test('a breaker shows as gauge, counter and one warning per change of state, and from the start', async () => {
  let now = 0;
  let status = 500;
  const upstream = await world.http((_, response) => {
    if (status === 200) sendJson(response, the.user);
    else response.writeHead(status).end();
  });
  const { clients, metric, log } = world.clients(upstream.address, {
    clock: () => now,
    breakers: { 'user.profile': { consecutiveFailures: 2, successesToClose: 2 } },
  });
  const gauge = () => metric('bff_breaker_state', labels);
  const gauges = [await gauge()];
  for (let i = 0; i < 4; i++) await clients.user.profile(scopeOf(), 'alice');
  gauges.push(await gauge());
  now = 30_000;
  status = 200;
  await clients.user.profile(scopeOf(), 'alice');
  gauges.push(await gauge());
  await clients.user.profile(scopeOf(), 'alice');
  gauges.push(await gauge());
  expect(gauges).toEqual([0, 1, 2, 0]);

  const counted = ['open', 'half-open', 'closed'].map((to) =>
    metric('bff_breaker_transitions_total', { ...labels, to }),
  );
  expect(await Promise.all(counted)).toEqual([1, 1, 1]);
  const warnings = log.filter(({ level }) => level === 'warn').map(({ from, to }) => [from, to]);
  expect(warnings).toEqual([
    ['closed', 'open'],
    ['open', 'half-open'],
    ['half-open', 'closed'],
  ]);
});

test('one debug line per call, with nothing of user, tenant, token or answer in it', async () => {
  const upstream = await world.http((_, response) => sendJson(response, the.user));
  const { clients, log } = world.clients(upstream.address);
  await clients.user.profile(scopeOf(), 'alice');
  expect(log).toEqual([
    expect.objectContaining({
      level: 'debug',
      ...labels,
      outcome: 'value',
      ms: expect.any(Number),
      request_id: 'request-1',
    }),
  ]);
  expect(JSON.stringify(log)).not.toMatch(/alice|acme|token|123-45/i);
});
