import { afterEach, describe, expect, test } from '@jest/globals';
import type { Outcome } from '@bff/service-kit';
import type { CallScope, UpstreamClients } from '../../src/index.ts';
import { sendJson } from '../upstreams.ts';
import { createWorld, scopeOf, the } from '../world.ts';

const world = createWorld();
afterEach(world.end);

type Ask = (clients: UpstreamClients, scope: CallScope) => Promise<Outcome<unknown>>;
const value = (value: unknown) => ({ kind: 'value', value });
const page = (item: unknown) => ({ items: [item], next_cursor: 'c2' });

const calls: [request: string, ask: Ask, answer: unknown][] = [
  ['GET /api/v1/users/alice', ({ user }, scope) => user.profile(scope, 'alice'), the.user],
  ['GET /api/v1/users/alice/preferences', ({ user }, scope) => user.preferences(scope, 'alice'), the.preferences],
  ['PATCH /api/v1/users/alice/preferences', ({ user }, scope) => user.patchPreferences(scope, 'alice', { theme: null }), the.preferences],
  ['GET /api/v1/users/alice/orders?limit=5', ({ order }, scope) => order.recent(scope, 'alice', { limit: 5 }), page(the.order)],
  ['GET /api/v1/users/alice/orders?limit=5&cursor=c%3D', ({ order }, scope) => order.recent(scope, 'alice', { limit: 5, cursor: 'c=' }), page(the.order)],
  ['GET /api/v1/orders/o1', ({ order }, scope) => order.byId(scope, 'o1'), the.order],
  ['GET /api/v1/users/alice/unread_count', ({ notification }, scope) => notification.unreadCount(scope, 'alice'), { count: 0 }],
  ['GET /api/v1/users/alice/notifications?limit=9', ({ notification }, scope) => notification.list(scope, 'alice', { limit: 9 }), page(the.notification)],
  ['POST /api/v1/notifications/n1/read', ({ notification }, scope) => notification.markRead(scope, 'n1'), the.notification],
  ['GET /api/v1/users/alice/tier', ({ loyalty }, scope) => loyalty.tier(scope, 'alice'), { tier: 'gold' }],
]; // prettier-ignore

describe('each operation asks for its URL and answers its model', () => {
  test.each(calls)('%s', async (line, ask, answer) => {
    const seen: string[] = [];
    const upstream = await world.http((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      sendJson(response, answer);
    });
    expect(await ask(world.clients(upstream.address).clients, scopeOf())).toEqual(value(answer));
    expect(seen).toEqual([line]);
  });
});

test('the patch is sent as it is, nulls and all, and the new entity tag is told', async () => {
  let body = '';
  const upstream = await world.http(async (request, response) => {
    for await (const chunk of request) body += String(chunk);
    sendJson(response, the.preferences, { ETag: '"v2"' });
  });
  const { clients } = world.clients(upstream.address);
  const outcome = await clients.user.patchPreferences(
    scopeOf(),
    'alice',
    { theme: null, digest: { hour: 8 } },
    '"v1"',
  );
  expect(JSON.parse(body)).toEqual({ theme: null, digest: { hour: 8 } });
  expect(outcome).toEqual({ kind: 'value', value: the.preferences, etag: '"v2"' });
});

test('a path in the address is put before the path of the operation', async () => {
  const urls: (string | undefined)[] = [];
  const upstream = await world.http((request, response) => {
    urls.push(request.url);
    sendJson(response, the.user);
  });
  for (const prefix of ['', '/', '/mesh/user', '/mesh/user/'])
    await world.clients(upstream.address + prefix).clients.user.profile(scopeOf(), 'alice');
  const own = '/api/v1/users/alice';
  expect(urls).toEqual([own, own, `/mesh/user${own}`, `/mesh/user${own}`]);
});

test('an id that names nothing is absent, without a call', async () => {
  const upstream = await world.http((_, response) => sendJson(response, the.user));
  const { clients } = world.clients(upstream.address);
  for (const id of ['', '.', '..'])
    expect(await clients.user.profile(scopeOf(), id)).toEqual({ kind: 'absent' });
  expect(upstream.connections()).toBe(0);
});

test.each([
  ['not a url', 'not a URL'],
  ['ftp://user-service', 'neither http nor https'],
  ['http://name:secret@user-service', 'more than an origin'],
  ['http://user-service/?a=b', 'more than an origin'],
])('the address %j is refused at start, and not repeated in the error', (address, message) => {
  const attempt = () => world.clients(address);
  expect(attempt).toThrow(TypeError);
  expect(attempt).toThrow(message);
  expect(attempt).not.toThrow('secret');
});

test('after close no call is made; closing twice is fine', async () => {
  const upstream = await world.http((_, response) => sendJson(response, the.user));
  const { clients } = world.clients(upstream.address);
  await Promise.all([clients.close(), clients.close()]);
  expect(await clients.user.profile(scopeOf(), 'alice')).toEqual({ kind: 'failed', reason: 'error' });
  expect(upstream.connections()).toBe(0);
});

test('A10 close lets the calls in flight end', async () => {
  const upstream = await world.http((_, response) => {
    setTimeout(() => sendJson(response, the.user), 50);
  });
  const { clients } = world.clients(upstream.address);
  const pending = clients.user.profile(scopeOf(), 'alice');
  await clients.close();
  expect(await pending).toEqual(value(the.user));
  await upstream.idle();
});
