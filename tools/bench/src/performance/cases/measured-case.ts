import { resolve } from 'node:path';
import { freePort } from '@bff/testbed';
import type { MeasuredTool } from '../../measured-product.ts';
import { product } from '../../product.ts';
import type { UpstreamOptions } from '../../upstream/options.ts';
import type { Target } from '../load/load-job.ts';
import { logInAt, type MeasuredUser } from './measured-users.ts';
import { startServer, type ServerProcess } from '../servers/server-process.ts';
import {
  planOf,
  requestTo,
  toolCallBy,
  type ServerName,
  type ServerEnvironment,
} from '../servers/server-plans.ts';

/** One measurement: a server, its upstream services and the requests sent to it. */
export interface MeasuredCase {
  readonly name: string;
  readonly server: ServerName;
  readonly upstream?: Partial<UpstreamOptions>;
  /** Path of the requests. Default: the path of the composed screen. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The tool that is called; agent-bff only. */
  readonly tool?: MeasuredTool;
  /** Expected status. Default 200. */
  readonly status?: number;
  /** Number of processes. Default 1. */
  readonly replicas?: number;
  /** Fraction of the usual number of requests in a round, for requests that take long. Default: 1. */
  readonly share?: number;
  /** Number of users among whom the requests rotate. Default: all. */
  readonly users?: number;
  /**
   * Sends the ETag of the previous answer as `If-None-Match`. `changed`: the data changes before this
   * request.
   */
  readonly conditional?: 'unchanged' | 'changed';
  /** Settings that override the defaults. */
  readonly env?: Readonly<Record<string, string>>;
  /** `many`: the users belong to ten thousand tenants. Default: to two tenants. */
  readonly world?: 'many';
}

/** A running case: its servers, its own upstream, and the requests to send. */
export interface RunningCase {
  readonly of: MeasuredCase;
  readonly origins: readonly string[];
  readonly upstreamUrl: string;
  readonly upstream: ServerProcess;
  readonly servers: readonly ServerProcess[];
  readonly targets: readonly Target[];
  stop(): Promise<void>;
}

export async function startCase(
  of: MeasuredCase,
  at: Omit<ServerEnvironment, 'upstreamUrl'>,
  users: readonly MeasuredUser[],
): Promise<RunningCase> {
  const port = await freePort();
  const upstreamUrl = `http://127.0.0.1:${port}`;
  const upstream = await startServer({
    name: 'upstream',
    command: [resolve(import.meta.dirname, '../../upstream/main.ts')],
    env: { PORT: String(port), UPSTREAM: JSON.stringify(of.upstream ?? {}) },
    readyUrl: `${upstreamUrl}/ready`,
  });
  const servers: ServerProcess[] = [];
  const stop = async () => void (await Promise.all([upstream, ...servers].map((each) => each.stop())));
  try {
    return await startServers(of, { ...at, upstreamUrl }, users, { upstream, servers, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startServers(
  of: MeasuredCase,
  at: ServerEnvironment,
  users: readonly MeasuredUser[],
  { servers, ...started }: Pick<RunningCase, 'upstream' | 'stop'> & { readonly servers: ServerProcess[] },
): Promise<RunningCase> {
  const origins: string[] = [];
  for (let replica = 0; replica < (of.replicas ?? 1); replica++) {
    const { plan, origin } = await planOf(of.server, at);
    servers.push(await startServer({ ...plan, env: { ...plan.env, ...of.env } }));
    origins.push(origin);
  }
  const known = users.slice(0, of.users);
  const asked = of.server === 'state' ? await logInAt(origins[0] ?? '', known) : known;
  const { tool } = of;
  const targets = asked.map((user) =>
    tool ? toolCallBy(user, tool) : requestTo(of.server, of.path ?? product.composed.path, user, of.headers),
  );
  const running = {
    of,
    origins,
    upstreamUrl: at.upstreamUrl,
    servers,
    targets,
    ...started,
  };
  return of.conditional ? { ...running, targets: await withTags(running) } : running;
}

/** Adds the ETag of an earlier answer as `If-None-Match`, like a client with a cached answer. */
async function withTags({ of, origins, upstreamUrl, targets }: RunningCase): Promise<readonly Target[]> {
  const known: Target[] = [];
  for (const { path, headers } of targets) {
    const answer = await fetch(`${origins[0]}${path}`, { headers });
    await answer.arrayBuffer();
    const tag = answer.headers.get('ETag');
    if (tag === null) throw new Error(`${path} answered ${answer.status} without ETag`);
    known.push({ path, headers: { ...headers, 'If-None-Match': tag } });
  }
  if (of.conditional === 'changed') await fetch(`${upstreamUrl}/__version/1`, { method: 'PUT' });
  return known;
}
