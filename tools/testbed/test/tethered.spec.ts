import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { until } from '../src/index.ts';

const index = resolve(import.meta.dirname, '../src/index.ts');

/** Starts a Node server and another command, prints their process ids, and has no signal listeners. */
const program = `
import { spawnCommand, spawnNode } from '${index}';
const server = "process.on('SIGTERM', () => process.exit()); setInterval(() => 1, 1e6); console.log('up')";
const node = spawnNode(['-e', server], { stdio: ['ignore', 'pipe', 'ignore'] });
const command = spawnCommand('sleep', ['1000'], { stdio: ['ignore', 'ignore', 'ignore'] });
node.stdout.once('data', () => console.log(node.pid + ' ' + command.pid));
setInterval(() => 1, 1e6);`;

const isRunning = (pid: string): boolean => {
  try {
    return process.kill(Number(pid), 0);
  } catch {
    return false;
  }
};

const parents: ChildProcess[] = [];
afterEach(() => {
  for (const parent of parents.splice(0)) parent.kill('SIGKILL');
});

test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
  'F60 %s to a program ends the processes that it started',
  async (signal) => {
    const env = { ...process.env, NODE_OPTIONS: '' };
    const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    parents.push(parent);
    const [line] = (await once(createInterface(parent.stdout), 'line')) as [string];
    const pids = line.split(' ');
    expect(pids.map(isRunning)).toEqual([true, true]);
    parent.kill(signal);
    await once(parent, 'exit');
    // Without /proc there is no setpriv either, so the command survives.
    const ended = existsSync('/proc') ? pids : pids.slice(0, 1);
    await until(() => !ended.some(isRunning));
  },
  30_000,
);
