import { connectAgent, startWorld, type World } from '@bff/demo-world';
import type { Service } from '@bff/service-kit';
import { freePort } from '@bff/testbed';
import { readConfig } from '../src/config.ts';
import { endpointAt } from '../src/endpoint.ts';
import { tools } from '../src/tools.ts';
import { startAgentBff } from '../src/wiring.ts';

/** A running agent-bff with fake services and provider, reachable at the URL that is its audience. */
export interface Rig {
  readonly world: World;
  readonly service: Service;
  /** URL of the MCP endpoint. */
  readonly url: string;
  /** Connects the official client, logged in as a demo user. Default: alice. */
  agent(options?: Partial<Parameters<typeof connectAgent>[0]>): ReturnType<typeof connectAgent>;
  /** Returns an access token for the endpoint, issued without a login. */
  token(user: string, scope?: string): string;
  /** Sends one JSON-RPC request as a client of revision 2025 does. Default: lists the tools as alice. */
  send(message?: object, headers?: Readonly<Record<string, string>>, at?: string): Promise<Answered>;
  /** Calls a tool in a separate request, with a token that was issued without a login. */
  call(name: string, args?: object, options?: CallOptions): Promise<Called>;
  /** Starts another replica with the same services and provider, with these settings changed. */
  replica(changes?: Record<string, string>): Promise<Service>;
  /** Number of calls that the services have received. */
  calls(): number;
  close(): Promise<void>;
}

interface CallOptions {
  readonly user?: string;
  readonly scope?: string;
  readonly at?: string;
  readonly headers?: Readonly<Record<string, string>>;
}
interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- each test asserts the members that it reads
}
export interface Called {
  readonly status: number;
  readonly headers: Headers;
  /** Structured content; undefined if the call failed. */
  readonly structured: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- each test asserts the members that it reads
  readonly texts: readonly string[];
  readonly isError: boolean;
  readonly error: { readonly code: number; readonly message: string } | undefined;
}

export const allScopes = [...new Set(tools.flatMap(({ scopes }) => scopes))].join(' ');

/** Settings for tests that send bursts: neither the quotas nor load shedding reject a request. */
export const withoutLimits = {
  MAX_IN_FLIGHT: '10000',
  MAX_IN_FLIGHT_PER_TENANT: '10000',
  BURST_LIMIT: '100000',
  DAILY_LIMIT: '1000000',
};

export async function startRig(env: Record<string, string> = {}): Promise<Rig> {
  const world = await startWorld();
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const url = endpointAt(publicUrl);
  const start = async (changes: Record<string, string>) =>
    (await startAgentBff(readConfig({ ...world.env, PUBLIC_URL: publicUrl, ...env, ...changes }))).service;
  const service = await start({ PORT: String(port) });
  const replicas = [service];
  const tokens = new Map<string, string>();
  const token: Rig['token'] = (user, scope = allScopes) => {
    const key = `${user} ${scope}`;
    const known = tokens.get(key) ?? world.idp.control.devToken({ user, audience: url, scope }).access_token;
    tokens.set(key, known);
    return known;
  };

  const send: Rig['send'] = async (message = { method: 'tools/list' }, headers = {}, at = url) => {
    const answer = await fetch(at, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token('alice')}`,
        'Content-Type': 'application/json',
        Accept: 'application/json, text/event-stream',
        ...headers,
      },
      body: JSON.stringify(Array.isArray(message) ? message : { jsonrpc: '2.0', id: 1, ...message }),
    });
    const text = await answer.text();
    const json = /^data: (.*)$/m.exec(text)?.[1] ?? text;
    const isJson = json.startsWith('{');
    return { status: answer.status, headers: answer.headers, text, body: isJson && JSON.parse(json) };
  };

  return {
    world,
    service,
    url,
    token,
    send,
    agent: (options = {}) => connectAgent({ url, username: 'alice', ...options }),
    async call(name, args = {}, { user = 'alice', scope, at, headers = {} } = {}) {
      const message = { method: 'tools/call', params: { name, arguments: args } };
      const answer = await send(message, { Authorization: `Bearer ${token(user, scope)}`, ...headers }, at);
      const { result, error } = answer.body || {};
      return {
        status: answer.status,
        headers: answer.headers,
        structured: result?.structuredContent,
        texts: (result?.content ?? []).map((each: { text: string }) => each.text),
        isError: result?.isError === true,
        error,
      };
    },
    async replica(changes = {}) {
      const another = await start({ PORT: '0', ...changes });
      replicas.push(another);
      return another;
    },
    calls: () =>
      Object.values(world.services.services)
        .flatMap((each) => Object.values(each.calls()))
        .reduce((sum, n) => sum + n, 0),
    async close() {
      await Promise.all(replicas.map((each) => each.stop()));
      await world.close();
    },
  };
}
