import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  loginToMobileBff,
  loginToWebBff,
  startProcess,
  type RunningProcess,
  type WebBffHeaders,
} from '@bff/demo-world';
import type { Service } from '@bff/service-kit';
import { freePort, selfSignedCertificate, startRedis, until, type TestRedis } from '@bff/testbed';
import { readScopes, tools } from '../../src/tools.ts';
import { startRig, type Rig } from '../rig.ts';

/** Two replicas of agent-bff with web-bff and mobile-bff, which list the sessions of a user, on one Redis. */
let redis: TestRedis;
let rig: Rig;
let other: Service;
const families: RunningProcess[] = [];
let webUrl: string;
let mobileUrl: string;
beforeAll(async () => {
  redis = await startRedis();
  rig = await startRig({ REDIS_URL: redis.url });
  other = await rig.replica();
  webUrl = await startFamily('web-bff', '/auth/session');
  mobileUrl = await startFamily('mobile-bff', '/.well-known/oauth-authorization-server');
}, 120_000);
afterAll(async () => {
  await Promise.all(families.map((each) => each.stop()));
  await rig.close();
  await redis.close();
});

async function startFamily(name: string, readyPath: string): Promise<string> {
  const port = String(await freePort());
  const url = `http://127.0.0.1:${port}`;
  await rig.world.idp.control.setClient(name, {
    redirect_uris: [`${url}/auth/callback`, `${url}/oauth/callback`],
  });
  const env = { ...rig.world.env, PUBLIC_URL: url, PORT: port, MANAGEMENT_PORT: '0', REDIS_URL: redis.url };
  const command = [resolve(import.meta.dirname, `../../../${name}/src/main.ts`)] as const;
  const family = startProcess(
    { name, command, env: { ...env, NODE_OPTIONS: '' }, readyUrl: url + readyPath },
    () => undefined,
  );
  families.push(family);
  await family.ready;
  return url;
}

interface Entry {
  readonly id: string;
  readonly kind: string;
  readonly client_id: string;
}
const inBrowser = async (headers: WebBffHeaders, method = 'GET', path = '') => {
  const init = { method, headers: { ...headers, Origin: webUrl } };
  const answer = await fetch(`${webUrl}/auth/sessions${path}`, init);
  const text = await answer.text();
  return { status: answer.status, entries: (text === '' ? [] : JSON.parse(text)) as readonly Entry[] };
};
const agentsOf = async (headers: WebBffHeaders) =>
  (await inBrowser(headers)).entries.filter(({ kind }) => kind === 'agent');

const read = tools.find(({ annotations, row }) => annotations.readOnlyHint && row.parameters.length === 0)!;
const metadataUrl = () => rig.url.replace('/mcp', '/.well-known/oauth-protected-resource/mcp');

/** Connects the official client, and records the `Authorization` field that it sends. */
async function connect(username: string, clientId = 'demo-agent') {
  let authorization = '';
  const agent = await rig.agent({
    username,
    clientId,
    async fetch(input, init) {
      authorization = new Headers(init?.headers).get('authorization') ?? authorization;
      return fetch(input, init);
    },
  });
  return { ...agent, authorization: () => authorization };
}
/** Returns the status and the challenge with which each replica answers a request with this field. */
const answersTo = (authorization: string) =>
  Promise.all(
    [rig.url, `${other.url}/mcp`].map(async (at) => {
      const { status, headers } = await rig.send(undefined, { Authorization: authorization }, at);
      return [status, headers.get('www-authenticate')];
    }),
  );

test('W12 when a user ends the access of an agent in the session list of web-bff, every replica rejects the agent, even after the agent refreshed its token', async () => {
  const user = await loginToWebBff({ url: webUrl, username: 'alice' });
  const agent = await connect('alice');
  await agent.call(read.name);
  await until(async () => (await agentsOf(user)).length === 1);
  const [entry] = await agentsOf(user);
  expect(entry).toEqual({
    id: expect.any(String),
    kind: 'agent',
    client_id: 'demo-agent',
    current: false,
    device: 'Agent',
    created_at: expect.any(String),
    last_seen_at: expect.any(String),
    scopes: readScopes,
  });
  const authorization = agent.authorization();

  expect((await inBrowser(user, 'DELETE', `/${entry!.id}`)).status).toBe(204);
  const refused = [
    401,
    expect.stringMatching(`^Bearer resource_metadata="${metadataUrl()}", error="invalid_token"`),
  ];
  await until(async () => (await answersTo(authorization)).every(([status]) => status === 401));
  expect(await answersTo(authorization)).toEqual([refused, refused]);
  expect(await agentsOf(user)).toEqual([]);

  const before = rig.calls();
  await expect(agent.call(read.name)).rejects.toThrow();
  expect(agent.authorization()).not.toBe(authorization);
  expect(await answersTo(agent.authorization())).toEqual([refused, refused]);
  expect(rig.calls()).toBe(before);
  await agent.close();
}, 60_000);

describe('an agent that the provider knows only by its Client ID Metadata Document', () => {
  /** URL of the document, which is the client id. */
  let id: string;
  let close: () => void;
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'agent-'));
    const { cert, key } = selfSignedCertificate(folder, 'agent', 'IP:127.0.0.1');
    const trusted = getCACertificates('default');
    setDefaultCACertificates([...trusted, cert]);
    const server = createServer({ cert, key }, (_request, response) =>
      response.setHeader('Content-Type', 'application/json').end(
        JSON.stringify({
          client_id: id,
          client_name: 'An agent without registration',
          application_type: 'native',
          redirect_uris: ['http://127.0.0.1/callback'],
          token_endpoint_auth_method: 'none',
          grant_types: ['authorization_code', 'refresh_token'],
          response_types: ['code'],
        }),
      ),
    ).listen(0, '127.0.0.1');
    await until(() => server.listening);
    id = `https://127.0.0.1:${(server.address() as AddressInfo).port}/agents/one.json`;
    close = () => {
      setDefaultCACertificates(trusted);
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true });
    };
  });
  afterAll(() => close());

  test('W12 an agent with a Client ID Metadata Document calls a tool for its user, appears in the session list under the URL of the document, and gets 401 after the user deletes that entry', async () => {
    const user = await loginToWebBff({ url: webUrl, username: 'acme-user-007' });
    const agent = await connect('acme-user-007', id);
    expect((await agent.call(read.name)).isError).toBeFalsy();
    const entry = await until(async () => (await agentsOf(user))[0] ?? false);
    expect(entry).toMatchObject({ kind: 'agent', client_id: id });

    expect((await inBrowser(user, 'DELETE', `/${entry.id}`)).status).toBe(204);
    await until(async () => (await answersTo(agent.authorization())).every(([status]) => status === 401));
    await expect(agent.call(read.name)).rejects.toThrow();
    await agent.close();
  }, 60_000);

  test('the provider issues no token when the client_id in the Client ID Metadata Document differs from its URL', async () => {
    await expect(connect('acme-user-007', `${id}?other`)).rejects.toThrow();
  }, 60_000);
});

test('W12 a login after the end of access gives the agent access to that user again, and another user of the same agent keeps access throughout', async () => {
  const user = await loginToWebBff({ url: webUrl, username: 'gina' });
  const first = await connect('gina');
  await first.call(read.name);
  const others = await connect('bob');
  await others.call(read.name);
  await until(async () => (await agentsOf(user)).length === 1);
  const [{ id } = { id: '' }] = await agentsOf(user);
  await inBrowser(user, 'DELETE', `/${id}`);
  await until(async () => (await answersTo(first.authorization())).every(([status]) => status === 401));
  expect((await answersTo(others.authorization())).map(([status]) => status)).toEqual([200, 200]);

  // `auth_time` is in seconds: a login in the second in which access ended is rejected like an earlier one.
  const again = await until(async () => {
    const agent = await connect('gina').catch(() => undefined);
    if (agent === undefined) return false;
    const isLetIn = (await answersTo(agent.authorization())).every(([status]) => status === 200);
    return isLetIn && agent;
  });
  expect((await again.call(read.name)).isError).not.toBe(true);
  await until(async () => (await agentsOf(user)).length === 1);
  await Promise.all([first, others, again].map((each) => each.close()));
}, 60_000);

test('W12 after a user ended the access of an agent, a token without auth_time is rejected, because the token may come from the refresh of an earlier login', async () => {
  const user = await loginToWebBff({ url: webUrl, username: 'max' });
  await rig.call(read.name, {}, { user: 'max' });
  await until(async () => (await agentsOf(user)).some((each) => each.client_id === 'dev'));
  const { id } = (await agentsOf(user)).find((each) => each.client_id === 'dev')!;
  await inBrowser(user, 'DELETE', `/${id}`);
  const later = rig.world.idp.control.devToken({
    user: 'max',
    audience: rig.url,
    scope: readScopes.join(' '),
  });
  await until(async () =>
    (await answersTo(`Bearer ${later.access_token}`)).every(([status]) => status === 401),
  );
}, 60_000);

test('W12 a user sees the same agents in the session list of mobile-bff and can end their access there', async () => {
  const app = await loginToMobileBff({ url: mobileUrl, username: 'alice' });
  const agent = await connect('alice');
  const inApp = (method: string, path = '') =>
    fetch(`${mobileUrl}/auth/sessions${path}`, { method, headers: { Authorization: app.Authorization } });
  const listed = async () =>
    ((await (await inApp('GET')).json()) as Entry[]).find(({ kind }) => kind === 'agent');
  await until(async () => (await agent.call(read.name).then(listed)) !== undefined);
  const entry = await listed();
  expect((await inApp('DELETE', `/${entry!.id}`)).status).toBe(204);
  await until(async () => (await answersTo(agent.authorization())).every(([status]) => status === 401));
  await agent.close();
}, 60_000);
