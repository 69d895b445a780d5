import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { applyPatch } from '@bff/diff-sync';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { withoutLimits, startRig, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig(withoutLimits);
});
afterAll(() => rig.close());
afterEach(() => {
  for (const { faults } of Object.values(rig.world.services.services)) faults.clear();
});
const faultsOf = (name: 'order' | 'loyalty' | 'user' | 'notification') =>
  rig.world.services.services[name].faults;

describe('result of a read', () => {
  test('a degraded result lists the failed source in `_meta` and in one sentence', async () => {
    faultsOf('order').set({ route: '*', kind: 'error' });
    const { structured, texts, isError } = await rig.call('getProfile', {}, { user: 'acme-user-009' });
    expect([structured.orders, structured._meta, isError]).toEqual([
      [],
      { complete: false, degraded: [{ source: 'orders', reason: 'error', fallback: 'default' }] },
      false,
    ]);
    expect(JSON.parse(texts[0] ?? '')).toEqual(structured);
    expect(texts.slice(1)).toEqual(['Incomplete: orders is a placeholder and not data (it failed).']);
  });

  test('a result that lists a degraded source has no version, even if the policy of the tenant hides the member of that source', async () => {
    faultsOf('loyalty').set({ route: '*', kind: 'error' });
    const { structured } = await rig.call('getProfile', {}, { user: 'gina' });
    expect([structured.loyalty_tier, structured._meta]).toEqual([
      undefined,
      { complete: false, degraded: [expect.objectContaining({ source: 'loyalty' })] },
    ]);
  });

  test('the argument `fields` limits the result of a read to the named members', async () => {
    const { structured } = await rig.call('getProfile', { fields: 'name,orders[*].id' });
    expect(structured).toEqual({
      name: expect.any(String),
      orders: [{ id: expect.any(String) }, { id: expect.any(String) }, { id: expect.any(String) }],
      _meta: expect.anything(),
    });
  });

  test('the result of a read omits the members that the policy of the tenant hides', async () => {
    const { structured } = await rig.call('getProfile', {}, { user: 'gina' });
    expect(Object.keys(structured).toSorted()).toEqual(['_meta', 'email', 'name', 'orders']);
    for (const order of structured.orders) expect(Object.keys(order)).toEqual(['id']);
  });

  test('the result of a read contains no null', async () => {
    const { texts } = await rig.call('listNotifications', { limit: 50 });
    expect(texts[0]).not.toContain('null');
  });
});

describe('paging', () => {
  test('a page that would exceed its byte limit has fewer items, and the cursor continues at the next item', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const { structured } = await rig.call('listNotifications', { limit: 50, ...(cursor && { cursor }) });
      expect(Buffer.byteLength(JSON.stringify(structured))).toBeLessThanOrEqual(2_400);
      seen.push(...structured.notifications.map(({ id }: { id: string }) => id));
      cursor = structured.next_cursor;
      pages++;
    } while (cursor);
    expect(pages).toBeGreaterThan(1);
    expect(new Set(seen).size).toBe(seen.length);
  });

  test.each([
    ['another user', { user: 'bob' }],
    ['another tool', { tool: 'listNotifications' }],
  ])(
    'rejects a cursor that was issued for %s, and the error says what to do',
    async (_, { user = 'alice', tool = 'listOrders' }: { user?: string; tool?: string }) => {
      const { structured } = await rig.call('listOrders', { limit: 1 });
      const before = rig.calls();
      const { isError, texts } = await rig.call(tool, { cursor: structured.next_cursor }, { user });
      expect([isError, rig.calls()]).toEqual([true, before]);
      expect(texts).toEqual(['The cursor is not valid. Call without cursor to begin with the first page.']);
    },
  );
});

test('a result that fits its byte budget is not rejected as too large while services are down', async () => {
  const users = Array.from({ length: 40 }, (_, index) => `acme-user-${String(index + 50).padStart(3, '0')}`);
  const sizes = new Map<string, number>();
  for (const user of users)
    sizes.set(user, JSON.stringify((await rig.call('getProfile', {}, { user })).structured).length);
  const [largest = ''] = users.toSorted((one, other) => sizes.get(other)! - sizes.get(one)!);
  for (const service of ['notification', 'loyalty'] as const)
    faultsOf(service).set({ route: '*', kind: 'error' });
  const { isError, structured } = await rig.call('getProfile', {}, { user: largest });
  expect([isError, structured?._meta.degraded]).toEqual([
    false,
    [expect.objectContaining({ source: 'notifications' }), expect.objectContaining({ source: 'loyalty' })],
  ]);
});

describe('reads with `since`', () => {
  test('a read with the current version returns "unchanged", and a read with an outdated version returns a patch', async () => {
    const user = 'acme-user-020';
    const read = async (since?: string) =>
      (await rig.call('getProfile', { ...(since && { since }) }, { user })).structured;
    const { _meta: first, ...view } = await read();
    expect(await read(first.version)).toEqual({
      _meta: { version: first.version, unchanged: true, complete: true },
    });
    const { structured: list } = await rig.call('listNotifications', {}, { user });
    const unread = list.notifications.find(({ read_at }: { read_at?: string }) => read_at === undefined);
    await rig.call('markNotificationRead', { id: unread.id }, { user });
    const { _meta: second, ...nothing } = await read(first.version);
    expect([nothing, second.base]).toEqual([{}, first.version]);
    expect(applyPatch(view, second.patch)).toEqual({
      ...view,
      unread_notifications: view.unread_notifications - 1,
    });
    expect((await read(second.version))._meta.unchanged).toBe(true);
  });

  test('a read with `since` returns the complete result when the earlier read did not use `since`, because no base was stored', async () => {
    const user = 'acme-user-022';
    const { structured: first } = await rig.call('getProfile', {}, { user });
    const { structured: list } = await rig.call('listNotifications', {}, { user });
    await rig.call(
      'markNotificationRead',
      { id: list.notifications.find(({ read_at }: { read_at?: string }) => read_at === undefined).id },
      { user },
    );
    const { structured } = await rig.call('getProfile', { since: first._meta.version }, { user });
    expect(structured).toMatchObject({
      name: first.name,
      unread_notifications: first.unread_notifications - 1,
    });
  });

  test('a read with `since` does not send a fallback as a change: the patch is empty and the result is marked degraded', async () => {
    const user = 'acme-user-021';
    const { structured: first } = await rig.call('getProfile', { since: 'none' }, { user });
    faultsOf('loyalty').set({ route: '*', kind: 'error' });
    const { structured, texts } = await rig.call('getProfile', { since: first._meta.version }, { user });
    expect(structured).toEqual({
      _meta: {
        version: first._meta.version,
        base: first._meta.version,
        patch: [],
        complete: false,
        degraded: [expect.objectContaining({ source: 'loyalty' })],
      },
    });
    expect(texts[1]).toMatch(/^Incomplete: loyalty/);
  });

  test('a read with a version of another user returns the complete result of the caller', async () => {
    const { structured: alice } = await rig.call('getProfile', { since: 'none' });
    const { structured: bob } = await rig.call('getProfile', { since: alice._meta.version }, { user: 'bob' });
    expect(bob).toMatchObject({ name: expect.stringContaining('Bob'), _meta: { complete: true } });
  });
});

test('a day of polling every five minutes takes less than a tenth of the bytes with `since`', async () => {
  const user = 'acme-user-023';
  const { structured: list } = await rig.call('listNotifications', {}, { user });
  const unread: string[] = list.notifications
    .filter(({ read_at }: { read_at?: string }) => read_at === undefined)
    .map(({ id }: { id: string }) => id);
  expect(unread.length).toBeGreaterThan(0);
  const Authorization = `Bearer ${rig.token(user)}`;
  const bytes = { complete: 0, since: 0 };
  let version = 'none';
  for (let poll = 0; poll < 288; poll++) {
    // The user reads a notification every hour.
    const id = poll % 12 === 0 ? unread.pop() : undefined;
    if (id !== undefined) await rig.call('markNotificationRead', { id }, { user });
    for (const [kind, given] of [
      ['complete', {}],
      ['since', { since: version }],
    ] as const) {
      const params = { name: 'listNotifications', arguments: given };
      const { text, body } = await rig.send({ method: 'tools/call', params }, { Authorization });
      bytes[kind] += Buffer.byteLength(text);
      if (kind === 'since') version = body.result.structuredContent._meta.version;
    }
  }
  expect(bytes.since).toBeLessThan(bytes.complete / 10);
}, 120_000);

describe('invalid calls', () => {
  test('answers a JSON-RPC error to a call of an unknown tool', async () => {
    const { error, status } = await rig.call('getProfiles');
    expect([status, error]).toEqual([
      200,
      { code: -32602, message: expect.stringContaining('There is no tool "getProfiles". Call tools/list.') },
    ]);
  });

  test.each([
    [
      'an argument that the tool does not have',
      'getProfile',
      { user: 'bob' },
      /Unrecognized key.*Call again with other arguments/,
    ],
    ['a missing argument', 'getOrder', {}, /do not fit the input schema of getOrder: id: /],
    ['an argument of another type', 'listOrders', { limit: '2' }, /limit: /],
    ['a limit above the maximum', 'listOrders', { limit: 51 }, /limit: /],
    ['a malformed field selection', 'getProfile', { fields: 'a..b' }, /^The field selection is not valid/],
    ['an id with a path traversal', 'getOrder', { id: '../users' }, /Take ids from a list/],
    ['an unknown id', 'getOrder', { id: 'nothing' }, /Take ids from a list/],
    ['an order of another user', 'getOrder', { id: 'bob-o1' }, /Take ids from a list/],
  ] as const)(
    '%s is answered with an error result that says what is wrong and what to do',
    async (_, tool, given, text) => {
      const { isError, texts, structured } = await rig.call(tool, given);
      expect([isError, structured]).toEqual([true, undefined]);
      expect(texts).toEqual([expect.stringMatching(text)]);
    },
  );

  test('the failure of a service is reported without the error text of that service', async () => {
    faultsOf('user').set({ route: '*', kind: 'error' });
    const { isError, texts } = await rig.call('getPreferences', {}, { user: 'acme-user-030' });
    expect([isError, texts]).toEqual([
      true,
      [expect.stringMatching(/^A required service failed\. .*Call again/)],
    ]);
  });
});

describe('malformed requests', () => {
  test('rejects a batch of 1,000 calls without an upstream call', async () => {
    const before = rig.calls();
    const call = { jsonrpc: '2.0', method: 'tools/call', params: { name: 'getProfile', arguments: {} } };
    const batch = Array.from({ length: 100 }, (_, id) => ({ ...call, id }));
    const { status, body } = await rig.send(batch);
    expect([status, body.error.code, rig.calls()]).toEqual([400, -32600, before]);
    const large = await rig.send(Array.from({ length: 1_000 }, (_, id) => ({ ...call, id })));
    expect([large.status, rig.calls()]).toEqual([413, before]);
  });

  test('answers 413 to a body of 10 MB', async () => {
    const { status } = await rig.send({
      method: 'tools/call',
      params: { name: 'x'.repeat(10 * 1_024 * 1_024) },
    });
    expect(status).toBe(413);
  });

  test.each([
    ['a body that is not JSON', '{', 400],
    ['a body that is not JSON-RPC', '{}', 400],
    ['an unknown method', '{"jsonrpc":"2.0","id":1,"method":"x/y"}', 200],
  ])('rejects %s with an HTTP status or a JSON-RPC error', async (_, body, status) => {
    const answer = await fetch(rig.url, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${rig.token('alice')}`,
        'Content-Type': 'application/json',
        Accept: 'application/json, text/event-stream',
      },
      body,
    });
    const text = await answer.text();
    expect(answer.status).toBe(status);
    if (status === 200) expect(text).toContain('-32601');
  });

  test.each(['GET', 'DELETE', 'PUT', 'OPTIONS'])(
    'answers 405 to %s at the endpoint, which takes only POST, because it has no sessions',
    async (method) => {
      const answer = await fetch(rig.url, {
        method,
        headers: { Authorization: `Bearer ${rig.token('alice')}`, Accept: 'text/event-stream' },
      });
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, expect.stringContaining('POST')]);
    },
  );

  test.each([
    ['/mcp', 'POST'],
    ['/.well-known/oauth-protected-resource/mcp', 'GET, HEAD'],
  ])('answers 405 to TRACE at %s', async (path, allow) => {
    const url = new URL(path, rig.url);
    // Fetch does not send this method.
    const asked = request(url, {
      method: 'TRACE',
      headers: { Authorization: `Bearer ${rig.token('alice')}` },
    });
    const [answer] = (await once(asked.end(), 'response')) as [IncomingMessage];
    answer.resume();
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, allow]);
  });
});
