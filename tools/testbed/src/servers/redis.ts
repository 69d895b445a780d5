import { spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-ports.ts';
import { spawnCommand } from './spawn-tethered.ts';
import { succeeds, until } from '../until.ts';

/** A real Redis for one test, which can be killed, frozen and restarted on the same port. */
export interface TestRedis {
  readonly url: string;
  readonly port: number;
  /** Folder of its snapshots. */
  readonly folder: string;
  /** Sends SIGKILL: connections break at once. */
  kill(): Promise<void>;
  /** Starts an empty server again on the same port. */
  start(): Promise<void>;
  /** Sends SIGSTOP: the server accepts connections, but does not answer. */
  pause(): void;
  resume(): void;
  /** Returns the output of `redis-cli` with these arguments. */
  cli(...args: readonly string[]): string;
  /** Returns every key with its value or the members of its set or sorted set, each on its own line. */
  dump(): string;
  close(): Promise<void>;
}

const dumpScript = `local all = {}
for _, key in ipairs(redis.call('KEYS', '*')) do
  local kind = redis.call('TYPE', key)['ok']
  table.insert(all, key)
  if kind == 'string' then table.insert(all, redis.call('GET', key))
  else
    local members = kind == 'zset' and redis.call('ZRANGE', key, 0, -1) or redis.call('SMEMBERS', key)
    for _, each in ipairs(members) do table.insert(all, each) end
  end
end
return all`;

/** Starts a Redis. @param options additional options of redis-server, such as `--tls-port` */
export async function startRedis(...options: readonly string[]): Promise<TestRedis> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'redis-'));
  let child = await launch(port, folder, options);
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await exited;
  };
  const cli = (...args: readonly string[]): string =>
    spawnSync('redis-cli', ['-p', String(port), ...args], { encoding: 'utf8' }).stdout;
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    folder,
    kill,
    async start() {
      await kill();
      child = await launch(port, folder, options);
    },
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    cli,
    dump: () => cli('--raw', 'EVAL', dumpScript, '0'),
    async close() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function launch(port: number, folder: string, options: readonly string[]): Promise<ChildProcess> {
  const args = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    folder,
    ...options,
  ];
  const child = spawnCommand('redis-server', args, { stdio: ['ignore', 'ignore', 'ignore'] });
  const failed = new Promise<never>((_, reject) => {
    child.once('error', () =>
      reject(new Error('redis-server is not on PATH; `npm test` installs it, or install it yourself')),
    );
    child.once('exit', (code) => reject(new Error(`redis-server exited with ${code} before it listened`)));
  });
  await Promise.race([failed, listening(port)]);
  failed.catch(() => undefined);
  return child;
}

const listening = (port: number): Promise<true> =>
  until(() => {
    const socket = connect(port, '127.0.0.1');
    return succeeds(once(socket, 'connect')).finally(() => socket.destroy());
  });
