import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshClone } from './proof/fresh-clone.ts';
import { parseTutorial } from './proof/parse-tutorial.ts';

/**
 * `npm run prove-generators`: runs in a fresh clone of the last commit every command of the how-to pages that
 * add something, then `npm run check`, then the commands of the page that removes a family. Prints the
 * duration of each step. Exit code 1 at the first failure.
 */
const additions = ['add-a-service', 'add-a-screen', 'add-a-page', 'add-a-write', 'add-a-family'];

const clone = await freshClone();
async function run(command: string): Promise<void> {
  const start = performance.now();
  await clone.run(command);
  const [title = ''] = command.split('\n');
  process.stdout.write(`${((performance.now() - start) / 1000).toFixed(1).padStart(7)} s  ${title}\n`);
}
async function runPage(name: string): Promise<void> {
  const page = readFileSync(join(clone.folder, `docs/how-to/${name}.md`), 'utf8');
  for (const step of parseTutorial(page)) if (step.kind === 'command') await run(step.script);
}

try {
  await run('npm ci');
  for (const page of additions) await runPage(page);
  await run('npm run check');
  await runPage('remove-a-family');
  await run('npm run format:check && npx nx sync:check && npm run typecheck');
  process.stdout.write('the results of the how-to pages pass every check\n');
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
} finally {
  clone.remove();
}
