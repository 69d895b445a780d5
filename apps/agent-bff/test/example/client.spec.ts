import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { screens } from '../../src/screens.ts';
import { readScopes } from '../../src/tools.ts';
import { startRig, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

test('the tool list with all tools takes at most 8 KB', async () => {
  const { text, body } = await rig.send();
  expect(body.result.tools).toHaveLength(screens.rows.length + 1);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(8 * 1_024);
});

const names = (rows: typeof screens.rows) => rows.map(({ entry }) => entry.id);

describe.each([
  ['2026-07-28', 'auto'],
  ['2025-11-25', 'legacy'],
] as const)('the official client with protocol revision %s', (version, revision) => {
  test('the official MCP client discovers the provider, logs in, lists the readable tools, reads and pages', async () => {
    const agent = await rig.agent({ revision });
    expect(agent.client.getNegotiatedProtocolVersion()).toBe(version);
    expect(agent.scopes()).toEqual(readScopes);
    const { tools } = await agent.client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(
      names(screens.rows.filter(({ entry }) => entry.kind === 'screen')),
    );
    const profile = await agent.call('getProfile');
    expect(profile.structuredContent).toMatchObject({
      name: 'Alice Grünwald',
      orders: [{ id: 'alice-o26' }, {}, {}],
      _meta: { complete: true, version: expect.any(String) },
    });
    const first = await agent.call('listOrders', { limit: 2 });
    const { orders, next_cursor } = first.structuredContent as {
      orders: { id: string }[];
      next_cursor: string;
    };
    const second = await agent.call('listOrders', { limit: 2, cursor: next_cursor });
    const more = (second.structuredContent as { orders: { id: string }[] }).orders;
    expect(new Set([...orders, ...more].map(({ id }) => id)).size).toBe(4);
    await agent.close();
  });

  test('when a write needs another scope, the official MCP client requests that scope from the user, writes, and then lists the write tools', async () => {
    const agent = await rig.agent({ revision });
    const { notifications } = (await agent.call('listNotifications')).structuredContent as {
      notifications: { id: string }[];
    };
    const { id = '' } = notifications[0] ?? {};
    const written = await agent.call('markNotificationRead', { id });
    expect(written.structuredContent).toMatchObject({
      id,
      read_at: expect.any(String),
      _meta: { done: true },
    });
    expect(agent.scopes()).toContain('notifications:write');
    const { tools } = await agent.client.listTools();
    expect(tools.map(({ name }) => name)).toContain('removeNotification');
    await agent.close();
  });

  test('a write with the current version succeeds, and a write with an outdated version is rejected', async () => {
    const agent = await rig.agent({ revision });
    const versionOf = async () =>
      ((await agent.call('getPreferences')).structuredContent as { _meta: { version: string } })._meta
        .version;
    const version = await versionOf();
    const changed = await agent.call('changePreferences', { version, body: { theme: `${revision}-dark` } });
    expect(changed.structuredContent).toMatchObject({ theme: `${revision}-dark`, _meta: { done: true } });
    const { _meta: after } = changed.structuredContent as { _meta: { version: string } };
    expect(await versionOf()).toBe(after.version);
    const refused = await agent.call('changePreferences', { version, body: { theme: 'light' } });
    expect(refused).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(/^The resource has changed\. .*Read it again/) }],
    });
    await agent.close();
  });
});

describe('a client that can ask its user (elicitation, revision 2026-07-28)', () => {
  const someId = async (agent: Awaited<ReturnType<Rig['agent']>>) => {
    const { structuredContent } = await agent.call('listNotifications');
    return (structuredContent as { notifications: { id: string }[] }).notifications.map(({ id }) => id);
  };

  test('the user is asked before a deletion, agrees, and the deletion is made with one call', async () => {
    const questions: string[] = [];
    const onQuestion = (message: string) => questions.push(message) > 0;
    const agent = await rig.agent({ username: 'acme-user-051', onQuestion });
    const [id = ''] = await someId(agent);
    const { structuredContent } = await agent.call('removeNotification', { id });
    expect(structuredContent).toMatchObject({ _meta: { done: true } });
    expect(questions).toEqual([expect.stringMatching(/^Remove a notification.* cannot be undone\. .*"id"/)]);
    expect(questions[0]).toContain(id);
    expect(await someId(agent)).not.toContain(id);
    await agent.close();
  });

  test.each([
    ['declines', false],
    ['closes the form', undefined],
  ])('when the user %s, nothing is deleted', async (_, decision) => {
    const agent = await rig.agent({ username: 'acme-user-052', onQuestion: () => decision });
    const [id = ''] = await someId(agent);
    const { structuredContent, content } = await agent.call('removeNotification', { id });
    expect(structuredContent).toEqual({ _meta: { done: false } });
    expect(content).toContainEqual({ type: 'text', text: 'The user declined. Nothing was done.' });
    expect(await someId(agent)).toContain(id);
    await agent.close();
  });

  test('a client of revision 2025-11-25 deletes in two calls, because a stateless server cannot ask it', async () => {
    const onQuestion = () => true;
    const agent = await rig.agent({ username: 'acme-user-053', revision: 'legacy', onQuestion });
    const [id = ''] = await someId(agent);
    const { structuredContent } = await agent.call('removeNotification', { id });
    expect(structuredContent).toMatchObject({ _meta: { done: false, confirm: {} } });
    await agent.close();
  });
});

test.each([
  ['another id', (state: string) => ({ id: 'other', state })],
  ['a forged state', () => ({ state: 'a.b.c' })],
  ['no state', () => ({ state: undefined })],
])(
  'a deletion with the consent of the user and %s is rejected, and nothing is deleted',
  async (_, change) => {
    const user = 'acme-user-054';
    const { structured } = await rig.call('listNotifications', {}, { user });
    const { id } = structured.notifications[0];
    const headers = {
      Authorization: `Bearer ${rig.token(user)}`,
      'MCP-Protocol-Version': '2026-07-28',
      'Mcp-Method': 'tools/call',
      'Mcp-Name': 'removeNotification',
    };
    const remove = (given: string, more: object) => {
      const _meta = {
        'io.modelcontextprotocol/protocolVersion': '2026-07-28',
        'io.modelcontextprotocol/clientInfo': { name: 'a test', version: '1' },
        'io.modelcontextprotocol/clientCapabilities': { elicitation: {} },
      };
      const params = { name: 'removeNotification', arguments: { id: given }, _meta, ...more };
      return rig.send({ method: 'tools/call', params }, headers);
    };
    const { body } = await remove(id, {});
    expect(body.result).toMatchObject({ resultType: 'input_required', requestState: expect.any(String) });
    const { state, id: given = id } = change(body.result.requestState) as { state?: string; id?: string };
    const before = rig.calls();
    const inputResponses = { consent: { action: 'accept', content: { agree: true } } };
    const { body: refused } = await remove(given, { inputResponses, ...(state && { requestState: state }) });
    expect(refused.result.isError === true || refused.result.structuredContent._meta.done === false).toBe(
      true,
    );
    expect(rig.calls()).toBe(before);
  },
);
