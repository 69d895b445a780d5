import { afterEach, expect, test } from '@jest/globals';
import { sendJson } from '../upstreams.ts';
import { createWorld, scopeOf, the, thingId } from '../world.ts';

const world = createWorld();
afterEach(world.end);

const labels = { upstream: 'thing', operation: 'read' };

test('the metrics count each call once under its outcome, even if the call was not sent', async () => {
  const hang = 0;
  const answers = [200, 404, 403, 500, 429, hang, 204];
  const upstream = await world.http((_, response) => {
    const status = answers.shift();
    if (status === 200) sendJson(response, the.thing);
    else if (status) response.writeHead(status).end();
  });
  const { clients, metric } = world.clients(upstream.address, {
    breakers: { 'thing.read': { consecutiveFailures: 2 } },
  });
  for (const answer of [...answers])
    await clients.thing.read(scopeOf({ ms: answer === hang ? 50 : 5_000 }), { thingId });
  await clients.thing.read(scopeOf({ ms: 0 }), { thingId });
  await clients.thing.read(scopeOf({ signal: AbortSignal.abort() }), { thingId });
  await clients.thing.read(scopeOf(), { thingId });

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

test('the metrics observe the duration of a call in seconds, on the injected clock', async () => {
  let now = 0;
  const upstream = await world.http((_, response) => {
    now += 250;
    sendJson(response, the.thing);
  });
  const { clients, metric } = world.clients(upstream.address, { clock: () => now });
  await clients.thing.read(scopeOf(), { thingId });
  expect(await metric('bff_upstream_seconds_sum', { ...labels, outcome: 'value' })).toBe(0.25);
});

test('the gauge of a breaker exists from the start, each change of state sets the gauge and is counted, and opening and closing are logged as warnings', async () => {
  let now = 0;
  let status = 500;
  const upstream = await world.http((_, response) => {
    if (status === 200) sendJson(response, the.thing);
    else response.writeHead(status).end();
  });
  const { clients, metric, log } = world.clients(upstream.address, {
    clock: () => now,
    breakers: { 'thing.read': { consecutiveFailures: 2, successesToClose: 2 } },
  });
  const gauge = () => metric('bff_breaker_state', labels);
  const gauges = [await gauge()];
  for (let i = 0; i < 4; i++) await clients.thing.read(scopeOf(), { thingId });
  gauges.push(await gauge());
  now = 30_000;
  status = 200;
  await clients.thing.read(scopeOf(), { thingId });
  gauges.push(await gauge());
  await clients.thing.read(scopeOf(), { thingId });
  gauges.push(await gauge());
  expect(gauges).toEqual([0, 1, 2, 0]);

  const counted = ['open', 'half-open', 'closed'].map((to) =>
    metric('bff_breaker_transitions_total', { ...labels, to }),
  );
  expect(await Promise.all(counted)).toEqual([1, 1, 1]);
  const warnings = log.filter(({ level }) => level === 'warn').map(({ from, to }) => [from, to]);
  expect(warnings).toEqual([
    ['closed', 'open'],
    ['half-open', 'closed'],
  ]);
});

test('a call logs one debug line without identifiers, tenant, token or answer', async () => {
  const upstream = await world.http((_, response) => sendJson(response, the.thing));
  const { clients, log } = world.clients(upstream.address);
  await clients.thing.read(scopeOf(), { thingId });
  expect(log).toEqual([
    expect.objectContaining({
      level: 'debug',
      ...labels,
      outcome: 'value',
      ms: expect.any(Number),
      request_id: 'request-1',
    }),
  ]);
  expect(JSON.stringify(log)).not.toMatch(/thing-1|\bt1\b|somebody|token|lamp|123-45/i);
});
