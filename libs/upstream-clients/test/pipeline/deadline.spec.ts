import { spawn } from 'node:child_process';
import { getEventListeners, once } from 'node:events';
import { afterEach, expect, test } from '@jest/globals';
import { Deadline } from '@bff/service-kit';
import { until } from '@bff/testbed';
import type { Call, CallScope } from '../../src/index.ts';
import { createTransport } from '../../src/transport/transport.ts';
import { userOperations } from '../../src/user-client.ts';
import { withDeadline } from '../../src/pipeline/with-deadline.ts';
import { sendJson } from '../upstreams.ts';
import { createWorld, requestOf, scopeOf, the, type ScopeOptions } from '../world.ts';

const world = createWorld();
afterEach(world.end);

const hanging = () => world.http(() => undefined);

/** What the innermost call is handed. */
const seenBy = (stage: ReturnType<typeof withDeadline>) => {
  const seen: CallScope[] = [];
  const call: Call<number> = async (_, scope) => {
    seen.push(scope);
    return { kind: 'value', value: 1 };
  };
  return { seen, call: stage(call) };
};

test('A1 A2 five sources that hang all end within what the caller has, side by side', async () => {
  const { address } = await hanging();
  const { clients } = world.clients(address);
  const scope = scopeOf({ ms: 100 });
  const startedAt = performance.now();
  const outcomes = await Promise.all([
    clients.user.profile(scope, 'alice'),
    clients.user.preferences(scope, 'alice'),
    clients.order.recent(scope, 'alice', { limit: 5 }),
    clients.notification.unreadCount(scope, 'alice'),
    clients.loyalty.tier(scope, 'alice'),
  ]);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  expect(outcomes).toEqual(Array(5).fill({ kind: 'failed', reason: 'timeout' }));
});

test('A2 no budget left: no call, and the breaker is not charged', async () => {
  const upstream = await hanging();
  const { clients } = world.clients(upstream.address, {
    breakers: { 'user.profile': { consecutiveFailures: 1 } },
  });
  const outcome = await clients.user.profile(scopeOf({ ms: 0.5 }), 'alice');
  expect(outcome).toEqual({ kind: 'failed', reason: 'timeout' });
  expect(upstream.connections()).toBe(0);
  expect(clients.breakers().every(({ state }) => state === 'closed')).toBe(true);
});

test('A2 a call gets its budget, or a little less than what the caller has left when that is less', async () => {
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

test('the scope may be an object of a class', async () => {
  class Scope {
    tenant = scopeOf().tenant;
    identityKey = 'alice';
    requestId = 'r';
    traceparent = 't';
    deadline = scopeOf().deadline;
    #token = 'secret';
    bearerFor(audience: string) {
      return `${this.#token} of ${audience}`;
    }
  }
  const { seen, call } = seenBy(withDeadline(2_000));
  await call(requestOf(), new Scope());
  expect(seen[0]).toMatchObject({ tenant: 'acme', requestId: 'r', traceparent: 't' });
  expect(seen[0]?.bearerFor('order-service')).toBe('secret of order-service');
});

test('A3 the client hangs up: aborted at once, socket freed, nobody charged, no failure logged, the next call works', async () => {
  let hang = true;
  const upstream = await world.http((_, response) => {
    if (!hang) sendJson(response, the.user);
  });
  const { clients, log } = world.clients(upstream.address, {
    breakers: { 'user.profile': { consecutiveFailures: 1 } },
  });
  const client = new AbortController();
  const pending = clients.user.profile(scopeOf({ signal: client.signal }), 'alice');
  await until(() => upstream.open() > 0);
  client.abort();
  expect(await pending).toEqual({ kind: 'aborted' });
  await upstream.idle();
  expect(clients.breakers().every(({ state }) => state === 'closed')).toBe(true);
  expect(log.filter(({ level }) => level !== 'debug')).toEqual([]);

  hang = false;
  expect(await clients.user.profile(scopeOf(), 'alice')).toEqual({ kind: 'value', value: the.user });
});

test('A3 hung up before the call: no call', async () => {
  const upstream = await hanging();
  const { clients } = world.clients(upstream.address);
  expect(await clients.user.profile(scopeOf({ signal: AbortSignal.abort() }), 'alice')).toEqual({
    kind: 'aborted',
  });
  expect(upstream.connections()).toBe(0);
});

test('A3 hung up and out of time: aborted, for there is nobody to be late for', async () => {
  const { seen, call } = seenBy(withDeadline(2_000));
  expect(await call(requestOf(), scopeOf({ ms: 0, signal: AbortSignal.abort() }))).toEqual({
    kind: 'aborted',
  });
  expect(seen).toEqual([]);
});

test('A3 hung up while a stage further out let it wait: the transport does not call', async () => {
  const upstream = await hanging();
  const transport = createTransport({
    address: upstream.address,
    audience: 'x',
    tls: undefined,
    maxBodyBytes: 1,
  });
  const call = transport.callFor(userOperations.profile, (value) => value);
  const scope = scopeOf({ signal: AbortSignal.abort() });
  expect(await call(requestOf(), scope)).toEqual({ kind: 'aborted' });
  expect(upstream.connections()).toBe(0);
  await transport.close();
});

test('A3 hung up while the body arrives', async () => {
  const upstream = await world.http((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).write('{"id":');
  });
  const { clients } = world.clients(upstream.address);
  const client = new AbortController();
  const pending = clients.user.profile(scopeOf({ signal: client.signal }), 'alice');
  setTimeout(() => client.abort(), 30);
  expect(await pending).toEqual({ kind: 'aborted' });
  await upstream.idle();
});

test('A2 calls given up while they wait for a connection are never sent, and cost no connection', async () => {
  const hanging: (() => void)[] = [];
  const paths = new Set<string>();
  const upstream = await world.http((request, response) => {
    paths.add(request.url ?? '');
    const answer = () => sendJson(response, the.user);
    if (request.url?.includes('first')) hanging.push(answer);
    else answer();
  });
  // Without the bulkhead, which has no more places than there are connections.
  const transport = createTransport({
    address: upstream.address,
    audience: 'x',
    tls: undefined,
    maxBodyBytes: 1_000,
  });
  const send = transport.callFor(userOperations.profile, (value) => value);
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

test('A2 a host that does not take connections costs no more than the budget', async () => {
  // A listener whose process is stopped: the kernel fills its backlog and then lets connects hang.
  const script =
    "require('net').createServer().listen({port:0,host:'127.0.0.1',backlog:1},function(){process.stdout.write(String(this.address().port))})";
  const child = spawn(process.execPath, ['-e', script], { env: { ...process.env, NODE_OPTIONS: '' } });
  try {
    const [line] = await once(child.stdout, 'data');
    child.kill('SIGSTOP');
    const { clients } = world.clients(`http://127.0.0.1:${Number(String(line))}`);
    const startedAt = performance.now();
    const calls = Array.from({ length: 8 }, () => clients.user.profile(scopeOf({ ms: 100 }), 'alice'));
    expect(await Promise.all(calls)).toEqual(Array(8).fill({ kind: 'failed', reason: 'timeout' }));
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  } finally {
    child.kill('SIGKILL');
  }
});

test('A11 no listener and no timer is left after 1,000 calls of every kind', async () => {
  const upstream = await world.http((request, response) => {
    const id = Number(request.url?.split('/').at(-1));
    if (id % 5 === 0) return sendJson(response, the.user);
    if (id % 5 === 1) return response.writeHead(500).end('no');
    if (id % 5 === 2) return response.writeHead(404, { 'Content-Length': 10 }).end('not here..');
    if (id % 5 === 3) return request.socket.destroy();
  });
  const rate = { consecutiveFailures: 10_000, volumeThreshold: 10_000 };
  const { clients } = world.clients(upstream.address, { breakers: { 'user.profile': rate } });
  const warnings: Error[] = [];
  const onWarning = (warning: Error) => warnings.push(warning);
  process.on('warning', onWarning);
  const { signal } = new AbortController();
  // Those of undici are unreferenced and not in this list; ours are.
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timers();
  const kinds = new Set<string>();

  for (let round = 0; round < 5; round++) {
    const calls = Array.from({ length: 200 }, (_, i) => {
      const client = new AbortController();
      if (i % 5 === 4) setTimeout(() => client.abort(), 50);
      return clients.user.profile(scopeOf({ signal: i % 5 === 4 ? client.signal : signal }), String(i));
    });
    for (const { kind } of await Promise.all(calls)) kinds.add(kind);
  }
  // The body of an answer that was settled by its head may still be on its way; a leaked timer would stay for two seconds.
  for (let i = 0; i < 100 && timers() > before; i++) await new Promise((resolve) => setTimeout(resolve, 5));

  expect(kinds).toEqual(new Set(['value', 'failed', 'absent', 'aborted']));
  expect(getEventListeners(signal, 'abort')).toEqual([]);
  expect(timers()).toBeLessThanOrEqual(before);
  expect(warnings).toEqual([]);
  process.off('warning', onWarning);
});
