import type { IncomingHttpHeaders } from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { get, service, type CallScope } from '../../src/index.ts';
import { sendJson } from '../upstreams.ts';
import {
  createWorld,
  other,
  otherId,
  scopeOf,
  the,
  thing,
  thingId,
  traceparent,
  type Clients,
} from '../world.ts';

const world = createWorld();
afterEach(world.end);

async function recorded() {
  const seen: { headers: IncomingHttpHeaders; names: string[] }[] = [];
  const { address } = await world.http((request, response) => {
    const names = request.rawHeaders.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase());
    seen.push({ headers: request.headers, names: names.sort() });
    sendJson(response, request.url?.endsWith('/settings') ? the.settings : the.thing);
  });
  return { seen, address };
}

const always = [
  'accept',
  'accept-encoding',
  'authorization',
  'connection',
  'host',
  'traceparent',
  'x-internal-bff',
  'x-request-id',
  'x-request-timeout-ms',
  'x-tenant-id',
];
const with_ = (...names: string[]) => [...always, ...names].sort();

test('W13 a read sends the header fields that the pipeline sets, and no others', async () => {
  const { seen, address } = await recorded();
  const { clients } = world.clients(address);
  await clients.thing.read(scopeOf({ ms: 1_500 }), { thingId });
  const [{ headers, names } = { headers: {}, names: [] }] = seen;
  expect(names).toEqual(always);
  expect(headers).toMatchObject({
    accept: 'application/json',
    'accept-encoding': 'identity',
    authorization: 'Bearer token-for-thing-service',
    connection: 'keep-alive',
    host: new URL(address).host,
    traceparent,
    'x-internal-bff': 'true',
    'x-request-id': 'request-1',
    'x-tenant-id': 't1',
  });
  expect(headers['x-request-timeout-ms']).toMatch(/^1[34]\d\d$|^1500$/);
});

test('F09 the tracestate of a scope is sent beside its traceparent', async () => {
  const { seen, address } = await recorded();
  await world.clients(address).clients.thing.read(scopeOf({ tracestate: 'foo=1,bar=2' }), { thingId });
  expect(seen[0]?.names).toEqual(with_('tracestate'));
  expect(seen[0]?.headers).toMatchObject({ traceparent, tracestate: 'foo=1,bar=2' });
});

test('W13 additional members of a scope are not sent as header fields', async () => {
  const { seen, address } = await recorded();
  const { clients } = world.clients(address);
  const scope = {
    ...scopeOf(),
    headers: { cookie: '__Host-bff=1', authorization: 'Bearer client' },
    cookie: '1',
  };
  await clients.thing.read(scope, { thingId });
  expect(seen.map(({ names }) => names)).toEqual([always]);
});

test('W13 additional members of the input of a call are not sent as header fields', async () => {
  const { seen, address } = await recorded();
  const { clients } = world.clients(address);
  const input = { thingId, cookie: '1', Authorization: 'Bearer client' };
  await clients.thing.read(scopeOf(), input);
  expect(seen.map(({ names }) => names)).toEqual([always]);
});

test('when a caller has more time than the budget of the operation, the budget is sent as the remaining time', async () => {
  const { seen, address } = await recorded();
  const { clients } = world.clients(address);
  await clients.thing.read(scopeOf({ ms: 60_000 }), { thingId });
  const left = Number(seen[0]?.headers['x-request-timeout-ms']);
  expect(left).toBeGreaterThan(1_000);
  expect(left).toBeLessThanOrEqual(2_000);
});

test('a write sends the content type, the precondition and the idempotency key that the caller gave', async () => {
  const { seen, address } = await recorded();
  const { clients } = world.clients(address);
  await clients.thing.changeSettings(scopeOf(), { thingId }, { body: { theme: null }, ifMatch: '"v1"' });
  await clients.thing.changeSettings(scopeOf(), { thingId }, { body: {}, idempotencyKey: 'key-0' });
  await clients.thing.markSeen(scopeOf(), { thingId }, { idempotencyKey: 'key-1' });
  await clients.thing.markSeen(scopeOf(), { thingId });
  expect(seen.map(({ names }) => names)).toEqual([
    with_('content-length', 'content-type', 'if-match'),
    with_('content-length', 'content-type', 'idempotency-key'),
    with_('content-length', 'idempotency-key'),
    with_('content-length'),
  ]);
  expect(seen[0]?.headers).toMatchObject({
    'content-type': 'application/merge-patch+json',
    'if-match': '"v1"',
  });
  expect(seen[2]?.headers).toMatchObject({ 'content-length': '0', 'idempotency-key': 'key-1' });
});

test('a call sends a token for the audience of the called service', async () => {
  const { seen, address } = await recorded();
  const third = service(
    'third',
    { address, audience: 'third-v2' },
    { read: get('/thirds/{thirdId}', { response: z.object({}) }) },
  );
  const { clients } = world.clientsOf({ thing, other, third }, address);
  const scope = scopeOf();
  await clients.other.read(scope, { otherId });
  await clients.thing.read(scope, { thingId });
  await clients.third.read(scope, { thirdId: '3' });
  expect(seen.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer token-for-other-service',
    'Bearer token-for-thing-service',
    'Bearer token-for-third-v2',
  ]);
});

test.each<[string, (scope: CallScope, clients: Clients) => Promise<unknown>, CallScope]>([
  [
    'an If-Match',
    (scope, clients) =>
      clients.thing.changeSettings(scope, { thingId }, { body: {}, ifMatch: '"x"\r\nX-Tenant-ID: t2' }),
    scopeOf(),
  ],
  [
    'an Idempotency-Key',
    (scope, clients) => clients.thing.markSeen(scope, { thingId }, { idempotencyKey: 'a\nb' }),
    scopeOf(),
  ],
  [
    'a request id',
    (scope, clients) => clients.thing.read(scope, { thingId }),
    scopeOf({ requestId: 'a\r\nb: c' }),
  ],
  [
    'a token',
    (scope, clients) => clients.thing.read(scope, { thingId }),
    scopeOf({ bearerFor: () => 'a\u0000b' }),
  ],
])(
  'when %s would break out of its header line, the call rejects, sends nothing and opens no breaker',
  async (_, call, scope) => {
    const { seen, address } = await recorded();
    const once = { consecutiveFailures: 1 };
    const { clients, breakers } = world.clients(address, {
      breakers: { 'thing.read': once, 'thing.changeSettings': once, 'thing.markSeen': once },
    });
    const error = await call(scope, clients).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).not.toMatch(/t2|a.b/s);
    expect(seen).toEqual([]);
    expect(breakers().every(({ state }) => state === 'closed')).toBe(true);
  },
);
