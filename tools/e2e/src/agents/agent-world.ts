import { createServer, request, type Server } from 'node:http';
import { once } from 'node:events';
import { bffPlan, freeWorld, startProcess, worldPorts, type RunningProcess } from '@bff/demo-world';
import { startDemoWorld, registeredServices, type DemoWorld } from '@bff/demo-services';
import { startDevIdp, type DevIdp } from '@bff/dev-idp';
import { freePorts, startRedis, type TestRedis } from '@bff/testbed';

const internalSecret = 'internal secret of the proof of agents';

/** Two replicas of agent-bff with one Redis, behind a round-robin balancer without session affinity. */
export interface AgentWorld {
  /** Address of the MCP endpoint at the balancer. */
  readonly url: string;
  readonly services: DemoWorld;
  readonly redis: TestRedis;
  /** Output of both replicas. */
  readonly log: readonly string[];
  /** Creates an access token without a login. */
  token(user: string, scope: string): string;
  /** Kills a replica with SIGKILL. */
  kill(): void;
  close(): Promise<void>;
}

/**
 * Starts the replicas.
 * @param authorization returns the `Authorization` value that the balancer adds to requests without one, for
 * programs that cannot log in
 */
export async function startAgentWorld(authorization?: (world: AgentWorld) => string): Promise<AgentWorld> {
  process.env['INTERNAL_JWT_SECRET'] = internalSecret;
  const at = worldPorts(await freeWorld());
  const [publicPort = 0, ...ports] = await freePorts(5);
  const publicUrl = `http://127.0.0.1:${publicPort}`;
  const [redis, services, idp] = await Promise.all([
    startRedis(),
    startDemoWorld({ secret: internalSecret, slowDelayMs: 0 }),
    startDevIdp(),
  ]);
  const log: string[] = [];
  const doors = [ports.slice(0, 2), ports.slice(2)] as [number, number][];
  const replicas = doors.map(([port, management]) =>
    startProcess(replicaPlan(at, { port, management, publicUrl, redis, services, idp }), (line) =>
      log.push(line),
    ),
  );
  await Promise.all(replicas.map(({ ready }) => ready));

  const world: AgentWorld = {
    url: `${publicUrl}/mcp`,
    services,
    redis,
    log,
    token: (user, scope) => idp.control.devToken({ user, audience: `${publicUrl}/mcp`, scope }).access_token,
    kill: () => void replicas[0]?.child.kill('SIGKILL'),
    async close() {
      balancer.closeAllConnections();
      balancer.close();
      await Promise.all(replicas.map((each: RunningProcess) => each.stop()));
      await Promise.all([services.close(), idp.close(), redis.close()]);
    },
  };
  const balancer = createBalancer(
    doors.map(([port]) => port),
    () => authorization?.(world),
  );
  balancer.listen(publicPort, '127.0.0.1');
  await once(balancer, 'listening');
  return world;
}

interface ReplicaParts {
  readonly port: number;
  readonly management: number;
  readonly publicUrl: string;
  readonly redis: TestRedis;
  readonly services: DemoWorld;
  readonly idp: DevIdp;
}

function replicaPlan(at: ReturnType<typeof worldPorts>, parts: ReplicaParts): ReturnType<typeof bffPlan> {
  const { port, management, publicUrl, redis, services, idp } = parts;
  const plan = bffPlan('agent-bff', at);
  return {
    ...plan,
    env: {
      ...plan.env,
      ...Object.fromEntries(
        registeredServices.map((each) => [each.addressVariable, services.addresses[each.client]]),
      ),
      PORT: String(port),
      MANAGEMENT_PORT: String(management),
      PUBLIC_URL: publicUrl,
      ISSUER: idp.issuer,
      REDIS_URL: redis.url,
      LOG_LEVEL: 'debug',
      BURST_LIMIT: '1000000',
      DAILY_LIMIT: '1000000',
    },
    readyUrl: `http://127.0.0.1:${management}/readyz`,
  };
}

/**
 * Balances round robin. A replica that refuses the connection has read nothing, so the request goes to the
 * other one.
 */
function createBalancer(ports: readonly number[], authorization: () => string | undefined): Server {
  let turn = 0;
  return createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const given = incoming.headers.authorization ?? authorization();
    const headers = { ...incoming.headers, ...(given && { authorization: given }) };
    const first = turn++;
    const send = (tries: number): void => {
      const port = ports[(first + tries) % ports.length];
      const path = incoming.url ?? '/';
      request({ host: '127.0.0.1', port, method: incoming.method, path, headers, agent: false })
        .once('response', (response) => {
          outgoing.writeHead(response.statusCode ?? 502, response.headers);
          response.pipe(outgoing);
          response.once('error', () => outgoing.destroy());
        })
        .once('error', (error: NodeJS.ErrnoException) => {
          if (error.code === 'ECONNREFUSED' && tries < ports.length - 1) send(tries + 1);
          else outgoing.destroy();
        })
        .end(body);
    };
    send(0);
  });
}
