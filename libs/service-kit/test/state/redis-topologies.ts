import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, until } from '@bff/testbed';

/** Several real Redis processes that form one store. */
export interface Topology {
  readonly url: string;
  /**
   * Sends SIGKILL to the server that has this role at the moment: the master, or the node that has this key.
   */
  killServing(key?: string): Promise<void>;
  close(): Promise<void>;
}

interface Node {
  readonly port: number;
  readonly child: ChildProcess;
}

function rig() {
  const folder = mkdtempSync(join(tmpdir(), 'redis-topology-'));
  const nodes: Node[] = [];
  return {
    nodes,
    async launch(lines: readonly string[], ...flags: string[]): Promise<number> {
      const port = await freePort();
      const file = join(folder, `${port}.conf`);
      const all = [`port ${port}`, 'bind 127.0.0.1', `dir ${folder}`, 'save ""', 'appendonly no', ...lines];
      writeFileSync(file, all.map((line) => line.replaceAll('$port', String(port))).join('\n'));
      nodes.push({ port, child: spawn('redis-server', [file, ...flags], { stdio: 'ignore' }) });
      await until(() => cli(port, 'ping') === 'PONG');
      return port;
    },
    async kill(port: number): Promise<void> {
      const node = nodes.find((each) => each.port === port);
      if (!node || node.child.signalCode !== null) return;
      const gone = once(node.child, 'exit');
      node.child.kill('SIGKILL');
      await gone;
    },
    async close(): Promise<void> {
      for (const { port } of nodes) await this.kill(port);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const cli = (port: number, ...args: string[]): string =>
  spawnSync('redis-cli', ['-p', String(port), ...args], { encoding: 'utf8' }).stdout.trim();

/** Starts a master, a replica, and three sentinels with a quorum of two. */
export async function startSentinels(): Promise<Topology> {
  const { launch, kill, ...redis } = rig();
  const master = await launch([]);
  const replica = await launch([`replicaof 127.0.0.1 ${master}`, 'repl-diskless-sync-delay 0']);
  await until(() => cli(replica, 'info', 'replication').includes('master_link_status:up'));
  const sentinels: number[] = [];
  for (let i = 0; i < 3; i++)
    sentinels.push(
      await launch(
        [
          `sentinel monitor my-master 127.0.0.1 ${master} 2`,
          'sentinel down-after-milliseconds my-master 500',
          'sentinel failover-timeout my-master 3000',
        ],
        '--sentinel',
      ),
    );
  await until(() => sentinels.every((port) => /sentinels=3/.test(cli(port, 'info', 'sentinel'))));
  await until(() => sentinels.every((port) => /slaves=1/.test(cli(port, 'info', 'sentinel'))));
  return {
    url: `redis+sentinel://${sentinels.map((port) => `127.0.0.1:${port}`).join()}/my-master`,
    killServing: () => kill(master),
    close: () => redis.close.call({ ...redis, kill }),
  };
}

/** Starts three masters without replicas. */
export async function startCluster(): Promise<Topology> {
  const { launch, kill, ...redis } = rig();
  const ports: number[] = [];
  for (let i = 0; i < 3; i++)
    ports.push(
      await launch([
        'cluster-enabled yes',
        // Otherwise Redis adds 10,000 to the port, and the system may have assigned that port.
        `cluster-port ${await freePort()}`,
        'cluster-config-file nodes-$port.conf',
        'cluster-require-full-coverage no',
        'cluster-node-timeout 1000',
      ]),
    );
  const hosts = ports.map((port) => `127.0.0.1:${port}`);
  spawnSync('redis-cli', ['--cluster', 'create', ...hosts, '--cluster-yes']);
  await until(() => ports.every((port) => cli(port, 'cluster', 'info').includes('cluster_state:ok')));
  return {
    url: hosts.map((host) => `redis://${host}`).join(),
    async killServing(key = '') {
      const slot = Number(cli(ports[0]!, 'cluster', 'keyslot', key));
      const serving = cli(ports[0]!, 'cluster', 'nodes')
        .split('\n')
        .find((line) =>
          line
            .split(' ')
            .slice(8)
            .some((range) => within(slot, range)),
        );
      await kill(Number(/:(\d+)@/.exec(serving ?? '')?.[1]));
    },
    close: () => redis.close.call({ ...redis, kill }),
  };
}

function within(slot: number, range: string): boolean {
  const [first = -1, last = first] = range.split('-').map(Number);
  return slot >= first && slot <= last;
}
