import { afterEach, expect, test } from '@jest/globals';
import type { Outcome } from '@bff/service-kit';
import { sendJson } from '../upstreams.ts';
import { createWorld, otherId, ownerId, scopeOf, the, thingId, type Clients } from '../world.ts';

const world = createWorld();
afterEach(world.end);

type Call = (clients: Clients) => Promise<Outcome<unknown>>;
const read: Call = ({ thing }) => thing.read(scopeOf(), { thingId });
const settings: Call = ({ thing }) => thing.settings(scopeOf(), { thingId });
const list: Call = ({ thing }) => thing.list(scopeOf(), { ownerId, limit: 5 });
const count: Call = ({ thing }) => thing.count(scopeOf(), { ownerId });
const label: Call = ({ other }) => other.read(scopeOf(), { otherId });

const without = (value: Record<string, unknown>, name: string) =>
  Object.fromEntries(Object.entries(value).filter(([each]) => each !== name));
const page = (changes: object) => ({ items: [the.thing, { ...the.thing, ...changes }], next_cursor: null });
const secret = 'S3CRET-VALUE';

test.each<[string, Call, unknown, string]>([
  ['a member is missing', read, without(the.thing, 'title'), 'title'],
  ['a member that may not be null is null', read, { ...the.thing, title: null }, 'title'],
  ['a nullable member is missing', read, without(the.thing, 'note'), 'note'],
  ['a member has another type', read, { ...the.thing, seen_at: { at: secret } }, 'seen_at'],
  ['the answer is a list', read, [the.thing], ''],
  ['the answer is a string', read, secret, ''],
  ['the answer is null', read, null, ''],
  ['an integer is a fraction', list, page({ amount: 12.5 }), 'items.1.amount'],
  ['an integer is text', list, page({ amount: secret }), 'items.1.amount'],
  ['a member of a nested list is wrong', list, page({ parts: [{ code: 1 }] }), 'items.1.parts.0.code'],
  ['a page is a bare list', list, [the.thing], ''],
  ['an integer is below its minimum', count, { count: -1 }, 'count'],
  ['a number is text', count, { count: '3' }, 'count'],
  ['a free object is a list', settings, [1], ''],
  ['a free object is a string', settings, secret, ''],
  ['a text is a number', label, { label: 3 }, 'label'],
])(
  'A8 when %s, the call fails as bad-response and one log line names the field and not the value',
  async (_, call, answer, field) => {
    const upstream = await world.http((__, response) => sendJson(response, answer));
    const { clients, log } = world.clients(upstream.address);
    expect(await call(clients)).toEqual({ kind: 'failed', reason: 'bad-response' });
    const warnings = log.filter(({ level }) => level === 'warn');
    expect(warnings).toEqual([expect.objectContaining({ field, request_id: 'request-1' })]);
    expect(JSON.stringify(log)).not.toMatch(/S3CRET|thing-1|other-1|\bu1\b|\bt1\b|12\.5|Lamp/);
  },
);

test('members of an answer that the response schema does not name are dropped at every depth', async () => {
  const upstream = await world.http((_, response) =>
    sendJson(response, {
      ...page({ margin: 1 }),
      debug: true,
      items: [{ ...the.thing, margin: 1, parts: [{ ...the.thing.parts[0], cost: 2 }] }],
    }),
  );
  expect(await list(world.clients(upstream.address).clients)).toEqual({
    kind: 'value',
    value: { items: [the.thing], next_cursor: null },
  });
});

test('an answer whose schema is a free-form object keeps every member and every kind of JSON value', async () => {
  const open = { ...the.settings, list: [1, [null, { deep: 'x' }]], zero: 0, empty: '', no: false };
  const upstream = await world.http((_, response) => sendJson(response, open, { ETag: '"v1"' }));
  expect(await settings(world.clients(upstream.address).clients)).toEqual({
    kind: 'value',
    value: open,
    etag: '"v1"',
  });
});

test('H8 an answer that is a free object with a member __proto__ does not pollute a prototype', async () => {
  const upstream = await world.http((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end('{"__proto__":{"admin":true},"theme":"dark"}');
  });
  const outcome = await settings(world.clients(upstream.address).clients);
  expect(outcome).toEqual({ kind: 'value', value: { theme: 'dark' } });
  const { value } = outcome as { value: Record<string, unknown> };
  expect(value['admin']).toBeUndefined();
});

test('H8 an answer that is a free object nested as deeply as the size limit allows does not exhaust the stack', async () => {
  const depth = 250_000;
  const upstream = await world.http((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(`{"deep":${'['.repeat(depth)}${']'.repeat(depth)}}`);
  });
  const outcome = await settings(world.clients(upstream.address).clients);
  expect(outcome.kind).toBe('value');
});
