import { applyPatch } from '@bff/diff-sync';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { roomForAll, startRig, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig(roomForAll);
});
afterAll(() => rig.close());
afterEach(() => {
  for (const { faults } of Object.values(rig.world.services.services)) faults.clear();
});
const faultsOf = (name: 'order' | 'loyalty' | 'user') => rig.world.services.services[name].faults;

describe('a result', () => {
  test('says what is degraded, in its structure and in one sentence', async () => {
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

  test('has the members that `fields` names, and no others', async () => {
    const { structured } = await rig.call('getProfile', { fields: 'name,orders[*].id' });
    expect(structured).toEqual({
      name: expect.any(String),
      orders: [{ id: expect.any(String) }, { id: expect.any(String) }, { id: expect.any(String) }],
      _meta: expect.anything(),
    });
  });

  test('has no member that the policy of the tenant hides', async () => {
    const { structured } = await rig.call('getProfile', {}, { user: 'gina' });
    expect(Object.keys(structured).toSorted()).toEqual(['_meta', 'email', 'name', 'orders']);
    for (const order of structured.orders) expect(Object.keys(order)).toEqual(['id']);
  });

  test('has no null', async () => {
    const { texts } = await rig.call('listNotifications', { limit: 50 });
    expect(texts[0]).not.toContain('null');
  });
});

describe('a page', () => {
  test('that would exceed its bytes has fewer items, and its cursor goes on with the next one', async () => {
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
    'a cursor of %s is refused, with what to do',
    async (_, { user = 'alice', tool = 'listOrders' }: { user?: string; tool?: string }) => {
      const { structured } = await rig.call('listOrders', { limit: 1 });
      const before = rig.calls();
      const { isError, texts } = await rig.call(tool, { cursor: structured.next_cursor }, { user });
      expect([isError, rig.calls()]).toEqual([true, before]);
      expect(texts).toEqual(['The cursor is not valid. Call without cursor to begin with the first page.']);
    },
  );
});

describe('a result by difference', () => {
  test('is "unchanged" while nothing changed, then a patch', async () => {
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

  test('is complete where the earlier result was not kept, because nobody asked for a difference', async () => {
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

  test('does not take a fallback for a change', async () => {
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

  test('a version of another user is none: the result is complete, and the own one', async () => {
    const { structured: alice } = await rig.call('getProfile', { since: 'none' });
    const { structured: bob } = await rig.call('getProfile', { since: alice._meta.version }, { user: 'bob' });
    expect(bob).toMatchObject({ name: expect.stringContaining('Bob'), _meta: { complete: true } });
  });
});

describe('a mistake', () => {
  test('an unknown tool is an error of the protocol', async () => {
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
    ['a limit beyond the largest', 'listOrders', { limit: 51 }, /limit: /],
    [
      'a member that the selection cannot have',
      'getProfile',
      { fields: 'a..b' },
      /^The field selection is not valid/,
    ],
    ['an id that leads elsewhere', 'getOrder', { id: '../users' }, /Take ids from a list/],
    ['an id of nothing', 'getOrder', { id: 'nothing' }, /Take ids from a list/],
    ['an order of another user', 'getOrder', { id: 'bob-o1' }, /Take ids from a list/],
  ] as const)('%s is a result that says what is wrong and what to do', async (_, tool, given, text) => {
    const { isError, texts, structured } = await rig.call(tool, given);
    expect([isError, structured]).toEqual([true, undefined]);
    expect(texts).toEqual([expect.stringMatching(text)]);
  });

  test('a service that is away is said, without a word of its own', async () => {
    faultsOf('user').set({ route: '*', kind: 'error' });
    const { isError, texts } = await rig.call('getPreferences', {}, { user: 'acme-user-030' });
    expect([isError, texts]).toEqual([
      true,
      [expect.stringMatching(/^A required service failed\. .*Call again/)],
    ]);
  });
});

describe('messages that no client sends', () => {
  test('a batch of 1,000 calls is refused, and none is made', async () => {
    const before = rig.calls();
    const call = { jsonrpc: '2.0', method: 'tools/call', params: { name: 'getProfile', arguments: {} } };
    const batch = Array.from({ length: 100 }, (_, id) => ({ ...call, id }));
    const { status, body } = await rig.send(batch);
    expect([status, body.error.code, rig.calls()]).toEqual([400, -32600, before]);
    const large = await rig.send(Array.from({ length: 1_000 }, (_, id) => ({ ...call, id })));
    expect([large.status, rig.calls()]).toEqual([413, before]);
  });

  test('a body of 10 MB is refused before it is read', async () => {
    const { status } = await rig.send({
      method: 'tools/call',
      params: { name: 'x'.repeat(10 * 1_024 * 1_024) },
    });
    expect(status).toBe(413);
  });

  test.each([
    ['no JSON', '{', 400],
    ['no JSON-RPC', '{}', 400],
    ['an unknown method', '{"jsonrpc":"2.0","id":1,"method":"x/y"}', 200],
  ])('%s is refused by HTTP or the protocol', async (_, body, status) => {
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

  test.each(['GET', 'DELETE', 'PUT'])('%s is not allowed: there is no session', async (method) => {
    const answer = await fetch(rig.url, {
      method,
      headers: { Authorization: `Bearer ${rig.token('alice')}`, Accept: 'text/event-stream' },
    });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, expect.stringContaining('POST')]);
  });
});
