import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshClone } from './proof/fresh-clone.ts';
import { parseTutorial, type Command } from './proof/parse-tutorial.ts';

/**
 * `node tools/generators/src/tutorial.ts`: runs the commands of docs/tutorial.md one by one in a fresh clone
 * of the last commit, and prints their duration. Exit code 1 at the first command that fails.
 */
const longestStartMs = 120_000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const clone = await freshClone();
/** Running programs, by the name of their terminal in the tutorial. */
const terminals = new Map<string, ChildProcess>();

async function interrupt(terminal: string): Promise<void> {
  const child = terminals.get(terminal);
  terminals.delete(terminal);
  if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  process.kill(-child.pid, 'SIGINT');
  await ended;
}

/** Returns whether the address answers with a success. */
async function answers(url: string): Promise<boolean> {
  const answer = await fetch(url).catch(() => undefined);
  return answer !== undefined && answer.status < 500;
}

async function keep({ script, terminal = '', until }: Command): Promise<void> {
  await interrupt(terminal);
  if (until !== undefined && (await answers(until)))
    throw new Error(`another process already answers at ${until}`);
  const child = clone.start(script);
  terminals.set(terminal, child);
  for (const stream of [child.stdout, child.stderr]) stream?.resume();
  for (const end = Date.now() + longestStartMs; until !== undefined;) {
    if (child.exitCode !== null || Date.now() > end)
      throw new Error(`the program was not ready in time\n${script}`);
    if (await answers(until)) break;
    await new Promise((wait) => setTimeout(wait, 200));
  }
}

const begun = Date.now();
try {
  for (const step of parseTutorial(readFileSync(join(clone.folder, 'docs/tutorial.md'), 'utf8'))) {
    const start = Date.now();
    if (step.kind === 'interrupt') await interrupt(step.terminal);
    else if (step.terminal === undefined) await clone.run(step.script);
    else await keep(step);
    const title = step.kind === 'interrupt' ? `Ctrl-C: ${step.terminal}` : (step.script.split('\n')[0] ?? '');
    say(`${((Date.now() - start) / 1000).toFixed(1).padStart(6)} s  ${title}`);
  }
  say(`the tutorial works: ${Math.round((Date.now() - begun) / 1000)} s`);
} catch (error) {
  process.stderr.write(`the tutorial does not work: ${(error as Error).message}\n`);
  process.exitCode = 1;
} finally {
  for (const terminal of [...terminals.keys()]) await interrupt(terminal);
  clone.remove();
}
