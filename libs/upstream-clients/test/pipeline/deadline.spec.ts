import { spawn } from 'node:child_process';
import { getEventListeners, once } from 'node:events';
import { afterEach, expect, test } from '@jest/globals';
import { Deadline } from '@bff/service-kit';
import { until } from '@bff/testbed';
import type { Call, CallScope } from '../../src/index.ts';
import { RetryBudget } from '../../src/resilience/retry-budget.ts';
import { createTransport } from '../../src/transport/transport.ts';
import { withDeadline } from '../../src/pipeline/with-deadline.ts';
import { sendJson } from '../upstreams.ts';
import {
  createWorld,
  otherId,
  ownerId,
  requestOf,
  scopeOf,
  the,
  thing,
  thingId,
  type ScopeOptions,
} from '../world.ts';

const world = createWorld();
afterEach(world.end);

const hanging = () => world.http(() => undefined);

/** The scopes that the innermost call receives. */
const seenBy = (stage: ReturnType<typeof withDeadline>) => {
  const seen: CallScope[] = [];
  const call: Call<number> = async (_, scope) => {
    seen.push(scope);
    return { kind: 'value', value: 1 };
  };
  return { seen, call: stage(call) };
};

test('A1 A2 five calls that hang at the same time all fail as timeout', async () => {
  const { address } = await hanging();
  const { clients } = world.clients(address);
  const scope = scopeOf({ ms: 100 });
  const outcomes = await Promise.all([
    clients.thing.read(scope, { thingId }),
    clients.thing.settings(scope, { thingId }),
    clients.thing.list(scope, { ownerId, limit: 5 }),
    clients.thing.count(scope, { ownerId }),
    clients.other.read(scope, { otherId }),
  ]);
  expect(outcomes).toEqual(Array(5).fill({ kind: 'failed', reason: 'timeout' }));
});

test('A2 a call whose deadline has passed fails as timeout, is not sent and does not count for the breaker', async () => {
  const upstream = await hanging();
  const { clients, breakers } = world.clients(upstream.address, {
    breakers: { 'thing.read': { consecutiveFailures: 1 } },
  });
  const outcome = await clients.thing.read(scopeOf({ ms: 0.5 }), { thingId });
  expect(outcome).toEqual({ kind: 'failed', reason: 'timeout' });
  expect(upstream.connections()).toBe(0);
  expect(breakers().every(({ state }) => state === 'closed')).toBe(true);
});

test('A2 the deadline of a call is the budget of its operation, or slightly before the deadline of its caller if that is earlier', async () => {
  let now = 0;
  const { signal } = new AbortController();
  const { seen, call } = seenBy(withDeadline(2_000));
  const scope = { ...scopeOf(), deadline: Deadline.after(2_500, signal, () => now) };
  await call(requestOf(), scope);
  now = 1_000;
  await call(requestOf(), scope);
  expect(seen.map(({ deadline }) => deadline.expiresAt)).toEqual([2_000, 2_490]);
  expect(seen[0]?.deadline.signal).toBe(signal);
});

test('a scope that is an instance of a class keeps its methods in every stage of the pipeline', async () => {
  class Scope {
    tenant = scopeOf().tenant;
    identityKey = 'u1';
    requestId = 'r';
    traceparent = 't';
    loopAccount = { ms: 1 };
    deadline = scopeOf().deadline;
    #token = 'secret';
    bearerFor(audience: string) {
      return `${this.#token} of ${audience}`;
    }
  }
  const { seen, call } = seenBy(withDeadline(2_000));
  await call(requestOf(), new Scope());
  expect(seen[0]).toMatchObject({
    tenant: 't1',
    requestId: 'r',
    traceparent: 't',
    loopAccount: { ms: 1 },
  });
  expect(seen[0]?.bearerFor('thing-service')).toBe('secret of thing-service');
});

test('A3 when the client disconnects, the call is aborted at once, its socket closes, no breaker opens, no warning is logged, and the next call works', async () => {
  let hang = true;
  const upstream = await world.http((_, response) => {
    if (!hang) sendJson(response, the.thing);
  });
  const { clients, breakers, log } = world.clients(upstream.address, {
    breakers: { 'thing.read': { consecutiveFailures: 1 } },
  });
  const client = new AbortController();
  const pending = clients.thing.read(scopeOf({ signal: client.signal }), { thingId });
  await until(() => upstream.open() > 0);
  client.abort();
  expect(await pending).toEqual({ kind: 'aborted' });
  await upstream.idle();
  expect(breakers().every(({ state }) => state === 'closed')).toBe(true);
  expect(log.filter(({ level }) => level !== 'debug')).toEqual([]);

  hang = false;
  expect(await clients.thing.read(scopeOf(), { thingId })).toEqual({ kind: 'value', value: the.thing });
});

test('A3 when the client disconnected before the call, no request is sent', async () => {
  const upstream = await hanging();
  const { clients } = world.clients(upstream.address);
  expect(await clients.thing.read(scopeOf({ signal: AbortSignal.abort() }), { thingId })).toEqual({
    kind: 'aborted',
  });
  expect(upstream.connections()).toBe(0);
});

test('A3 when the client disconnected and the deadline has passed, the outcome of the call is aborted, not timeout', async () => {
  const { seen, call } = seenBy(withDeadline(2_000));
  expect(await call(requestOf(), scopeOf({ ms: 0, signal: AbortSignal.abort() }))).toEqual({
    kind: 'aborted',
  });
  expect(seen).toEqual([]);
});

test('A3 when the client disconnected while an outer stage waited, the transport sends nothing', async () => {
  const upstream = await hanging();
  const transport = createTransport({
    address: upstream.address,
    audience: 'x',
    tls: undefined,
    maxBodyBytes: 1,
    idleMs: 1_000,
    retryBudget: new RetryBudget(),
  });
  const call = transport.callFor(
    thing.read,
    (value) => ({ value }),
    () => undefined,
  );
  const scope = scopeOf({ signal: AbortSignal.abort() });
  expect(await call(requestOf(), scope)).toEqual({ kind: 'aborted' });
  expect(upstream.connections()).toBe(0);
  await transport.close();
});

test('A3 when the client disconnects while the body arrives, the call is aborted and its socket closes', async () => {
  const upstream = await world.http((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).write('{"id":');
  });
  const { clients } = world.clients(upstream.address);
  const client = new AbortController();
  const pending = clients.thing.read(scopeOf({ signal: client.signal }), { thingId });
  setTimeout(() => client.abort(), 30);
  expect(await pending).toEqual({ kind: 'aborted' });
  await upstream.idle();
});

test('A2 calls that are abandoned while they wait for a connection are never sent and cost no connection', async () => {
  const hanging: (() => void)[] = [];
  const paths = new Set<string>();
  const upstream = await world.http((request, response) => {
    paths.add(request.url ?? '');
    const answer = () => sendJson(response, the.thing);
    if (request.url?.includes('first')) hanging.push(answer);
    else answer();
  });
  // Without the bulkhead, which admits no more calls than there are connections.
  const transport = createTransport({
    address: upstream.address,
    audience: 'x',
    tls: undefined,
    maxBodyBytes: 1_000,
    idleMs: 1_000,
    retryBudget: new RetryBudget(),
  });
  const send = transport.callFor(
    thing.read,
    (value) => ({ value }),
    () => undefined,
  );
  const call = (target: string, options: ScopeOptions = {}) => send(requestOf({ target }), scopeOf(options));
  const first = Array.from({ length: 256 }, (_, i) => call(`/first-${i}`));
  await until(() => hanging.length >= 256);

  const client = new AbortController();
  const waiting = [
    ...Array.from({ length: 20 }, () => call('/late', { ms: 30 })),
    ...Array.from({ length: 20 }, () => call('/gone', { signal: client.signal })),
  ];
  client.abort();
  const kinds = new Set((await Promise.all(waiting)).map(({ kind }) => kind));
  expect(kinds).toEqual(new Set(['failed', 'aborted']));

  for (const answer of hanging) answer();
  await Promise.all(first);
  expect(await call('/after')).toMatchObject({ kind: 'value' });
  expect(paths.has('/late')).toBe(false);
  expect(paths.has('/gone')).toBe(false);
  expect(upstream.connections()).toBe(256);
  expect(upstream.open()).toBe(256);
  await transport.close();
});

test('A2 when a host accepts no connections, calls fail with the reason timeout', async () => {
  // A listener whose process is stopped: the kernel fills its backlog and then lets connects hang.
  const script =
    "require('net').createServer().listen({port:0,host:'127.0.0.1',backlog:1},function(){process.stdout.write(String(this.address().port))})";
  const child = spawn(process.execPath, ['-e', script], { env: { ...process.env, NODE_OPTIONS: '' } });
  try {
    const [line] = await once(child.stdout, 'data');
    child.kill('SIGSTOP');
    const { clients } = world.clients(`http://127.0.0.1:${Number(String(line))}`);
    const calls = Array.from({ length: 8 }, () => clients.thing.read(scopeOf({ ms: 100 }), { thingId }));
    expect(await Promise.all(calls)).toEqual(Array(8).fill({ kind: 'failed', reason: 'timeout' }));
  } finally {
    child.kill('SIGKILL');
  }
});

test('A11 after 1,000 calls with every kind of outcome, no listener and no timer is left', async () => {
  const upstream = await world.http((request, response) => {
    const id = Number(request.url?.split('/').at(-1));
    if (id % 5 === 0) return sendJson(response, the.thing);
    if (id % 5 === 1) return response.writeHead(500).end('no');
    if (id % 5 === 2) return response.writeHead(404, { 'Content-Length': 10 }).end('not here..');
    if (id % 5 === 3) return request.socket.destroy();
  });
  const rate = { consecutiveFailures: 10_000, volumeThreshold: 10_000 };
  const { clients } = world.clients(upstream.address, { breakers: { 'thing.read': rate } });
  const warnings: Error[] = [];
  const onWarning = (warning: Error) => warnings.push(warning);
  process.on('warning', onWarning);
  const { signal } = new AbortController();
  // The timers of undici are unreferenced and not in this list; ours are.
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timers();
  const kinds = new Set<string>();

  for (let round = 0; round < 5; round++) {
    const calls = Array.from({ length: 200 }, (_, i) => {
      const client = new AbortController();
      if (i % 5 === 4) setTimeout(() => client.abort(), 50);
      return clients.thing.read(scopeOf({ signal: i % 5 === 4 ? client.signal : signal }), {
        thingId: String(i),
      });
    });
    for (const { kind } of await Promise.all(calls)) kinds.add(kind);
  }
  // Bodies may still arrive after the heads have decided the outcomes; a leaked timer would stay two seconds.
  for (let i = 0; i < 100 && timers() > before; i++) await new Promise((resolve) => setTimeout(resolve, 5));

  expect(kinds).toEqual(new Set(['value', 'failed', 'absent', 'aborted']));
  expect(getEventListeners(signal, 'abort')).toEqual([]);
  expect(timers()).toBeLessThanOrEqual(before);
  expect(warnings).toEqual([]);
  process.off('warning', onWarning);
});
