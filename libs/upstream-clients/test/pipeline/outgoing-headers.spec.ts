import type { IncomingHttpHeaders } from 'node:http';
import { afterEach, expect, test } from '@jest/globals';
import type { CallScope } from '../../src/index.ts';
import { sendJson } from '../upstreams.ts';
import { createWorld, scopeOf, the, traceparent } from '../world.ts';

const world = createWorld();
afterEach(world.end);

async function recorded() {
  const seen: { headers: IncomingHttpHeaders; names: string[] }[] = [];
  const { address } = await world.http((request, response) => {
    const names = request.rawHeaders.filter((_, i) => i % 2 === 0).map((name) => name.toLowerCase());
    seen.push({ headers: request.headers, names: names.sort() });
    const { url = '' } = request;
    sendJson(
      response,
      url.endsWith('/read') ? the.notification : url.endsWith('/preferences') ? the.preferences : the.user,
    );
  });
  return { seen, address };
}

const always = [
  'accept', 'accept-encoding', 'authorization', 'connection', 'host', 'traceparent', 'x-internal-bff', 'x-request-id',
  'x-request-timeout-ms', 'x-tenant-id',
]; // prettier-ignore
const with_ = (...names: string[]) => [...always, ...names].sort();

test('W13 a read carries exactly these headers', async () => {
  const { seen, address } = await recorded();
  const { clients } = world.clients(address);
  await clients.user.profile(scopeOf({ ms: 1_500 }), 'alice');
  const [{ headers, names } = { headers: {}, names: [] }] = seen;
  expect(names).toEqual(always);
  expect(headers).toMatchObject({
    accept: 'application/json',
    'accept-encoding': 'identity',
    authorization: 'Bearer token-for-user-service',
    connection: 'keep-alive',
    host: new URL(address).host,
    traceparent,
    'x-internal-bff': 'true',
    'x-request-id': 'request-1',
    'x-tenant-id': 'acme',
  });
  expect(headers['x-request-timeout-ms']).toMatch(/^1[34]\d\d$|^1500$/);
});

test('W13 nothing that a scope holds beside becomes a header', async () => {
  const { seen, address } = await recorded();
  const { clients } = world.clients(address);
  const scope = {
    ...scopeOf(),
    headers: { cookie: '__Host-bff=1', authorization: 'Bearer client' },
    cookie: '1',
  };
  await clients.user.profile(scope, 'alice');
  expect(seen.map(({ names }) => names)).toEqual([always]);
});

test('the time that is left is the budget of the operation when the caller has more', async () => {
  const { seen, address } = await recorded();
  const { clients } = world.clients(address);
  await clients.user.profile(scopeOf({ ms: 60_000 }), 'alice');
  const left = Number(seen[0]?.headers['x-request-timeout-ms']);
  expect(left).toBeGreaterThan(1_000);
  expect(left).toBeLessThanOrEqual(2_000);
});

test('writes carry their type, precondition and key, where given', async () => {
  const { seen, address } = await recorded();
  const { clients } = world.clients(address);
  await clients.user.patchPreferences(scopeOf(), 'alice', { theme: null }, '"v1"');
  await clients.user.patchPreferences(scopeOf(), 'alice', {}, undefined, 'key-0');
  await clients.notification.markRead(scopeOf(), 'n1', 'key-1');
  await clients.notification.markRead(scopeOf(), 'n1');
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

test('each service is sent a token of its own', async () => {
  const { seen, address } = await recorded();
  const { clients } = world.clients(address, { audiences: { loyalty: 'loyalty-v2' } });
  const scope = scopeOf();
  await clients.order.byId(scope, 'o1');
  await clients.notification.unreadCount(scope, 'alice');
  await clients.loyalty.tier(scope, 'alice');
  expect(seen.map(({ headers }) => headers.authorization)).toEqual([
    'Bearer token-for-order-service',
    'Bearer token-for-notification-service',
    'Bearer token-for-loyalty-v2',
  ]);
});

test.each<
  [
    string,
    (scope: CallScope, clients: ReturnType<typeof world.clients>['clients']) => Promise<unknown>,
    CallScope,
  ]
>([
  [
    'an If-Match',
    (scope, { user }) => user.patchPreferences(scope, 'alice', {}, '"x"\r\nX-Tenant-ID: globex'),
    scopeOf(),
  ],
  ['an Idempotency-Key', (scope, { notification }) => notification.markRead(scope, 'n1', 'a\nb'), scopeOf()],
  ['a request id', (scope, { user }) => user.profile(scope, 'alice'), scopeOf({ requestId: 'a\r\nb: c' })],
  ['a token', (scope, { user }) => user.profile(scope, 'alice'), scopeOf({ bearerFor: () => 'a\u0000b' })],
])(
  '%s that would break out of its line is thrown, not sent, and opens no breaker',
  async (_, call, scope) => {
    const { seen, address } = await recorded();
    const once = { consecutiveFailures: 1 };
    const { clients } = world.clients(address, {
      breakers: { 'user.profile': once, 'user.patchPreferences': once, 'notification.markRead': once },
    });
    const error = await call(scope, clients).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).not.toMatch(/globex|a.b/s);
    expect(seen).toEqual([]);
    expect(clients.breakers().every(({ state }) => state === 'closed')).toBe(true);
  },
);
