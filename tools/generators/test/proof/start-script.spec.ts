import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';
import { until } from '@bff/testbed';
import { afterEach, expect, test } from '@jest/globals';

const module = resolve(import.meta.dirname, '../../src/proof/start-script.ts');

/**
 * Runs a script with a child that ignores SIGTERM; prints the ids of its processes, how it ended, and whether
 * another script can start.
 */
const program = `
import { once } from 'node:events';
import { startScript } from '${module}';
const child = startScript('(trap "" TERM; exec sleep 1000) & echo $$ $!; sleep 1001', '.');
child.stdout.pipe(process.stdout, { end: false });
const [code, signal] = await once(child, 'close');
try { startScript('true', '.'); } catch (error) { console.log(code, signal, error.message); }`;

const parents: ChildProcess[] = [];
afterEach(() => {
  for (const parent of parents.splice(0)) parent.kill('SIGKILL');
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

interface Started {
  readonly parent: ChildProcess;
  readonly lines: AsyncIterator<string>;
  /** Ids of bash and of its children. */
  readonly pids: readonly number[];
}

async function startProgram(): Promise<Started> {
  const env = { ...process.env, NODE_OPTIONS: '', FORCE_COLOR: '0' };
  const args = ['--input-type=module', '-e', program];
  const parent = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  parents.push(parent);
  const lines = createInterface(parent.stdout)[Symbol.asyncIterator]();
  const pids = String((await lines.next()).value)
    .split(' ')
    .map(Number);
  expect(pids.map(isRunning)).toEqual([true, true]);
  return { parent, lines, pids };
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s to a proof ends the processes of its script, is reported to the proof, and prevents further scripts',
  async (signal) => {
    const { parent, lines, pids } = await startProgram();
    parent.kill(signal);
    parent.kill(signal);
    expect((await lines.next()).value).toBe('null SIGKILL interrupted');
    await until(() => !pids.some(isRunning));
  },
);

test('when SIGKILL ends the process that started a script, the processes of the script end too', async () => {
  const { parent, pids } = await startProgram();
  const exit = once(parent, 'exit');
  parent.kill('SIGKILL');
  await exit;
  await until(() => !pids.some(isRunning));
});
