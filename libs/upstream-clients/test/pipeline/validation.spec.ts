import { afterEach, expect, test } from '@jest/globals';
import type { Outcome } from '@bff/service-kit';
import type { UpstreamClients } from '../../src/index.ts';
import { sendJson } from '../upstreams.ts';
import { createWorld, scopeOf, the } from '../world.ts';

const world = createWorld();
afterEach(world.end);

type Ask = (clients: UpstreamClients) => Promise<Outcome<unknown>>;
const profile: Ask = ({ user }) => user.profile(scopeOf(), 'alice');
const preferences: Ask = ({ user }) => user.preferences(scopeOf(), 'alice');
const recent: Ask = ({ order }) => order.recent(scopeOf(), 'alice', { limit: 5 });
const unread: Ask = ({ notification }) => notification.unreadCount(scopeOf(), 'alice');
const tier: Ask = ({ loyalty }) => loyalty.tier(scopeOf(), 'alice');

const without = (value: Record<string, unknown>, name: string) =>
  Object.fromEntries(Object.entries(value).filter(([each]) => each !== name));
const orders = (changes: object) => ({ items: [the.order, { ...the.order, ...changes }], next_cursor: null });
const secret = 'S3CRET-VALUE';

test.each<[string, Ask, unknown, string]>([
  ['a member is missing', profile, without(the.user, 'email'), 'email'],
  ['a member is null that may not be', profile, { ...the.user, name: null }, 'name'],
  ['a nullable member is missing', profile, without(the.user, 'phone'), 'phone'],
  ['a member has another type', profile, { ...the.user, last_login: { at: secret } }, 'last_login'],
  ['it is a list', profile, [the.user], ''],
  ['it is a string', profile, secret, ''],
  ['it is null', profile, null, ''],
  ['money is a fraction', recent, orders({ total_cents: 12.5 }), 'items.1.total_cents'],
  ['money is text', recent, orders({ total_cents: secret }), 'items.1.total_cents'],
  ['an item of an item is wrong', recent, orders({ items: [{ sku: 1 }] }), 'items.1.items.0.sku'],
  ['a page is a bare list', recent, [the.order], ''],
  ['a count is negative', unread, { count: -1 }, 'count'],
  ['a count is not a number', unread, { count: '3' }, 'count'],
  ['preferences are a list', preferences, [1], ''],
  ['preferences are a string', preferences, secret, ''],
  ['a tier is a number', tier, { tier: 3 }, 'tier'],
])(
  'A8 bad response when %s; one log line names the field and not the value',
  async (_, ask, answer, field) => {
    const upstream = await world.http((__, response) => sendJson(response, answer));
    const { clients, log } = world.clients(upstream.address);
    expect(await ask(clients)).toEqual({ kind: 'failed', reason: 'bad-response' });
    const warnings = log.filter(({ level }) => level === 'warn');
    expect(warnings).toEqual([expect.objectContaining({ field, request_id: 'request-1' })]);
    expect(JSON.stringify(log)).not.toMatch(/S3CRET|alice|acme|12\.5|Lamp/);
  },
);

test('members that nobody asked for are dropped, at every depth', async () => {
  const upstream = await world.http((_, response) =>
    sendJson(response, {
      ...orders({ margin: 1 }),
      debug: true,
      items: [{ ...the.order, margin: 1, items: [{ ...the.order.items[0], cost: 2 }] }],
    }),
  );
  expect(await recent(world.clients(upstream.address).clients)).toEqual({
    kind: 'value',
    value: { items: [the.order], next_cursor: null },
  });
});

test('preferences keep every member and every kind of JSON value', async () => {
  const open = { ...the.preferences, list: [1, [null, { deep: 'x' }]], zero: 0, empty: '', no: false };
  const upstream = await world.http((_, response) => sendJson(response, open, { ETag: '"v1"' }));
  expect(await preferences(world.clients(upstream.address).clients)).toEqual({
    kind: 'value',
    value: open,
    etag: '"v1"',
  });
});

test('H8 preferences that would pollute a prototype do not', async () => {
  const upstream = await world.http((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end('{"__proto__":{"admin":true},"theme":"dark"}');
  });
  const outcome = await preferences(world.clients(upstream.address).clients);
  expect(outcome).toEqual({ kind: 'value', value: { theme: 'dark' } });
  const { value } = outcome as { value: Record<string, unknown> };
  expect(value['admin']).toBeUndefined();
});

test('H8 preferences nested as deeply as a body can be do not exhaust the stack', async () => {
  const depth = 250_000;
  const upstream = await world.http((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(`{"deep":${'['.repeat(depth)}${']'.repeat(depth)}}`);
  });
  const outcome = await preferences(world.clients(upstream.address).clients);
  expect(outcome.kind).toBe('value');
});

test('an order status that is new to us is no error', async () => {
  const upstream = await world.http((_, response) => sendJson(response, orders({ status: 'teleported' })));
  expect(await recent(world.clients(upstream.address).clients)).toMatchObject({ kind: 'value' });
});
