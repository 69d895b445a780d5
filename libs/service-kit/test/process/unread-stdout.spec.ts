import { spawn, spawnSync, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { afterEach, expect, test } from '@jest/globals';

type Child = ChildProcessByStdio<null, Readable, null>;
interface Line {
  readonly level: string;
  readonly msg: string;
  readonly url?: string;
  readonly lines?: number;
}

let started: Child | undefined;
afterEach(() => {
  started?.kill('SIGKILL');
  started = undefined;
});

const program = resolve(import.meta.dirname, 'talking-program.ts');
const env = { ...process.env, NODE_OPTIONS: '' };

/** Starts the program; returns the process and the address in its first line. */
async function start(): Promise<{ readonly child: Child; readonly url: string }> {
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  started = child;
  const [first] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  const [line = ''] = first.split('\n');
  return { child, url: (JSON.parse(line) as Line).url as string };
}

const ask = async (url: string): Promise<string> =>
  (await fetch(url, { signal: AbortSignal.timeout(20_000) })).text();

test.each([
  ['does not read', (stdout: Readable) => void stdout.pause()],
  ['has closed it', (stdout: Readable) => void stdout.destroy()],
])(
  'F54 while the reader of stdout %s, requests are answered and SIGTERM ends the process within its grace period',
  async (_, leave) => {
    const { child, url } = await start();
    leave(child.stdout);
    expect([await ask(url), await ask(url)]).toEqual(['answered', 'answered']);
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
  },
  60_000,
);

test('F54 a reader of stdout that continues after a pause gets complete lines in order, and one line with the number of dropped lines', async () => {
  const { child, url } = await start();
  child.stdout.pause();
  await ask(url);
  const lines: Line[] = [];
  const told = new Promise<void>((resolve) => {
    createInterface(child.stdout).on('line', (text) => {
      const line = JSON.parse(text) as Line;
      lines.push(line);
      if (line.lines !== undefined) resolve();
    });
  });
  await told;
  const dropped = lines.at(-1)?.lines ?? 0;
  expect(lines.at(-1)).toMatchObject({ level: 'error', msg: 'log lines dropped because nobody read stdout' });
  const numbers = lines.slice(0, -1).map((line) => (line as Line & { readonly i: number }).i);
  expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
  expect(numbers.length + dropped).toBe(3_000);
  expect(numbers.length).toBeGreaterThan(900);
}, 60_000);

test('F54 `--help` ends without an error when the reader of its output, such as `head`, exits early', () => {
  const line = `set -o pipefail; '${process.execPath}' '${program}' --help | true`;
  const { status, stderr } = spawnSync('bash', ['-c', line], { encoding: 'utf8', env });
  expect([status, stderr]).toEqual([0, '']);
});
