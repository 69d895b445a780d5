import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { until } from '@bff/testbed';

const src = resolve(import.meta.dirname, '../src');
const env = { ...process.env, NODE_OPTIONS: '' };

/** Returns the ids of the running processes with their parents; Linux only. */
function parents(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    try {
      const [, state, parent] = /\) (\S) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
      if (state !== 'Z' && parent !== undefined) found.set(pid, parent);
    } catch {
      // The process ended after it was listed.
    }
  return found;
}

function descendantsOf(pid: number | undefined): string[] {
  const all = [...parents()];
  const found = [String(pid)];
  for (const one of found) for (const [child, parent] of all) if (parent === one) found.push(child);
  return found.slice(1);
}

const areGone = (pids: readonly string[]): boolean => {
  const running = parents();
  return !pids.some((pid) => running.has(pid));
};

test.each(['peers', 'overload'])(
  'F60 SIGINT to `npm run bench -- --only %s` ends its servers, Redis and load',
  async (only) => {
    const bench = spawn(process.execPath, [`${src}/bench.ts`, '--only', only, '--requests', '1000000'], {
      env,
      stdio: 'ignore',
    });
    // Redis, the load, a simulated service and a server.
    const started = await until(() => {
      const pids = descendantsOf(bench.pid);
      return pids.length >= 4 && pids;
    });
    bench.kill('SIGINT');
    await once(bench, 'exit');
    await until(() => areGone(started));
  },
  60_000,
);

test.each([
  ['saturating load', {}],
  ['steady load', { perSecond: 1 }],
])(
  'F60 the load process ends with its parent in the middle of a %s',
  async (_, pace) => {
    const server = createServer((__, response) => void response.end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const asked = once(server, 'request');
    const job = {
      origins: [`http://127.0.0.1:${port}`],
      targets: [{ path: '/', headers: {} }],
      status: 200,
      requests: 1e6,
      ...pace,
    };
    const generator = `${src}/performance/load/load-generator.ts`;
    const program = `import('${generator}').then((load) => load.startLoadGenerator().run(${JSON.stringify(job)}))`;
    const parent = spawn(process.execPath, ['-e', program], { env, stdio: 'ignore' });
    await asked;
    const started = descendantsOf(parent.pid);
    expect(started).toHaveLength(1);
    parent.kill('SIGKILL');
    await until(() => areGone(started));
    server.closeAllConnections();
    server.close();
  },
  30_000,
);
