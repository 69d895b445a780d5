import { startWorld, type World } from '@bff/demo-world';
import type { Service } from '@bff/service-kit';
import { recordAnswers } from '@bff/testbed';
import { readConfig } from '../src/config.ts';
import { openApiDocument } from '../src/contract/openapi.ts';
import { startPartnerBff } from '../src/wiring.ts';

export type DemoPartner = 'acme-erp' | 'globex-crm';

/** A running partner-bff with fake services and provider. */
export interface Rig {
  readonly world: World;
  readonly service: Service;
  /** Returns the `Authorization` field of a demo partner with an access token by client credentials. */
  as(client: DemoPartner): Promise<{ readonly Authorization: string }>;
  /** Returns an access token that the provider issues to a client with these header fields. */
  token(client: string, headers?: Readonly<Record<string, string>>, scope?: string): Promise<string>;
  /** Sends a request as a demo partner; default: acme-erp. */
  ask(path: string, options?: Asked): Promise<Answered>;
  /** Starts another replica with the same services and provider, with these settings changed. */
  replica(changes?: Record<string, string>): Promise<Service>;
  /** Number of calls that the services have received. */
  calls(): number;
  close(): Promise<void>;
}

export interface Asked {
  readonly client?: DemoPartner;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Default: the first replica. */
  readonly at?: string;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Parsed JSON; undefined if the body is not JSON. */
  readonly body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- each test asserts the members that it reads
}

/** Settings for tests that send bursts: neither the quotas nor load shedding reject a request. */
export const withoutLimits = {
  MAX_IN_FLIGHT: '10000',
  MAX_IN_FLIGHT_PER_TENANT: '10000',
};

export async function startRig(env: Record<string, string> = {}): Promise<Rig> {
  const world = await startWorld();
  const answers = recordAnswers(openApiDocument());
  const start = async (changes: Record<string, string> = {}) => {
    const { service } = await startPartnerBff(readConfig({ ...world.env, ...env, ...changes }));
    answers.watch(service.url);
    return service;
  };
  const service = await start();
  const replicas = [service];
  const token: Rig['token'] = async (client, headers = {}, scope) => {
    const answer = await fetch(`${world.idp.issuer}/token`, {
      method: 'POST',
      headers: { Authorization: `Basic ${btoa(`${client}:demo-secret`)}`, ...headers },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        resource: 'urn:bff:partner',
        ...(scope && { scope }),
      }),
    });
    return ((await answer.json()) as { access_token: string }).access_token;
  };
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (client: string): Promise<string> => {
    const known = tokens.get(client) ?? token(client);
    tokens.set(client, known);
    return known;
  };

  return {
    world,
    service,
    token,
    as: async (client) => ({ Authorization: `Bearer ${await token(client)}` }),
    async ask(path, { client = 'acme-erp', method = 'GET', headers = {}, body, at = service.url } = {}) {
      const answer = await fetch(at + path, {
        method,
        headers: {
          Authorization: `Bearer ${await tokenOf(client)}`,
          ...(body !== undefined && { 'Content-Type': 'application/merge-patch+json' }),
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      const text = await answer.text();
      const isJson = /json/.test(answer.headers.get('content-type') ?? '');
      return {
        status: answer.status,
        headers: answer.headers,
        text,
        body: isJson && text !== '' ? JSON.parse(text) : undefined,
      };
    },
    async replica(changes) {
      const another = await start(changes);
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
      answers.stop();
    },
  };
}
