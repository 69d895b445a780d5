import { once } from 'node:events';
import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface Replica {
  readonly url: string;
  readonly readyUrl: string;
}

export interface Balancer {
  readonly url: string;
  /** Returns the number of replicas that were ready at the last check. */
  ready(): number;
  close(): Promise<void>;
}

const lookEveryMs = 100;
const lookTimeoutMs = 1_000;
const idempotent = new Set(['GET', 'HEAD']);

/**
 * Starts a balancer: round robin over the replicas whose `/readyz` answers 200. When no replica is ready it
 * uses all of them; otherwise an outage of a shared dependency would turn a 503 with `Retry-After` into no
 * answer. A failed request is retried once on another replica if nothing was sent or its method is safe.
 */
export async function startBalancer(port: number, replicas: readonly Replica[]): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1_000 });
  const ready = new Set<Replica>(replicas);
  let turn = 0;
  const look = async (replica: Replica): Promise<void> => {
    try {
      const { status } = await fetch(replica.readyUrl, { signal: AbortSignal.timeout(lookTimeoutMs) });
      if (status === 200) ready.add(replica);
      else ready.delete(replica);
    } catch {
      ready.delete(replica);
    }
  };
  const looking = new Set<Replica>();
  const timer = setInterval(() => {
    for (const replica of replicas) {
      if (looking.has(replica)) continue;
      looking.add(replica);
      void look(replica).finally(() => looking.delete(replica));
    }
  }, lookEveryMs);

  const next = (tried: ReadonlySet<Replica>): Replica | undefined => {
    const rest = replicas.filter((each) => !tried.has(each));
    const able = rest.filter((each) => ready.has(each));
    const candidates = able.length > 0 ? able : rest;
    turn += 1;
    return candidates[turn % candidates.length];
  };

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', rawHeaders } = incoming;
    const body = await buffer(incoming);
    const tried = new Set<Replica>();
    const attempt = (): void => {
      const replica = next(tried);
      if (replica === undefined) return void response.destroy();
      tried.add(replica);
      const onward = request(new URL(url, replica.url), { method, agent, headers: rawHeaders as never });
      onward.once('response', (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(response);
        answer.once('error', () => response.destroy());
      });
      onward.once('error', (error: NodeJS.ErrnoException) => {
        if (response.headersSent || response.destroyed) return void response.destroy();
        if (error.code === 'ECONNREFUSED' || idempotent.has(method)) attempt();
        else response.destroy();
      });
      response.once('close', () => onward.destroy());
      onward.end(body);
    };
    attempt();
  }

  const server = createServer(
    (incoming, response) => void serve(incoming, response).catch(() => response.destroy()),
  );
  // The balancer never closes an idle connection, because that could race with a request, whose answer would
  // then count as missing.
  server.keepAliveTimeout = 0;
  // Listens on all addresses, because the published address is `localhost`, which may resolve to ::1.
  server.listen(port);
  await once(server, 'listening');
  return {
    url: `http://localhost:${port}`,
    ready: () => ready.size,
    async close() {
      clearInterval(timer);
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
}
