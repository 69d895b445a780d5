import { existsSync, readFileSync, watch } from 'node:fs';
import { basename, resolve } from 'node:path';
import { isTaken } from '@bff/testbed';
import { startProcess, type ProcessPlan, type RunningProcess } from './process.ts';
import { withDemoPage } from './with-demo-page.ts';
import { isElsewhere } from './world/elsewhere.ts';
import { bffPlan, isBff, worldPlans, worldPorts } from './world/world.ts';

/**
 * `nx serve <project>`, run in the project's folder: the program restarts when a file changes in it or in any project
 * that it uses; where there is no program, as in a lib, the tests run again. A BFF has the demo world beside it: the
 * identity provider unless `ISSUER` is set, and each service whose address is not set. What already runs is used.
 */
const root = resolve(import.meta.dirname, '../../..');
const name = process.argv[2] ?? basename(process.cwd());
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const at = worldPorts(process.env);
const world: RunningProcess[] = [];
if (isBff(name))
  for (const plan of worldPlans(at).filter((each) => !isElsewhere(each.name, process.env))) {
    if (await isTaken(Number(plan.env['PORT'])))
      say(`${plan.name}: uses what runs on port ${plan.env['PORT']}`);
    else world.push(startProcess(plan, (line) => say(`[${plan.name}] ${line}`)));
  }
await Promise.all(world.map(({ ready }) => ready));

let current: RunningProcess | undefined;
let restart: NodeJS.Timeout | undefined;
let turn: Promise<void> = Promise.resolve();

/** Jest with the configuration of every project. */
const tests = {
  command: [
    `${root}/node_modules/.bin/jest`,
    '--config',
    `${root}/tools/testbed/jest/config.mjs`,
    '--rootDir',
    '.',
  ],
  env: { NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning' },
} as const;

async function planOf(project: string): Promise<ProcessPlan> {
  if (isBff(project)) return withDemoPage(bffPlan(project, at));
  if (!existsSync('src/main.ts')) return { ...tests, name: project, readyUrl: '' };
  return { name: project, command: ['src/main.ts', ...process.argv.slice(3)], env: {}, readyUrl: '' };
}

async function begin(): Promise<void> {
  const plan = await planOf(name).catch((error: Error) => say(`${error.message}\nwaiting for a change`));
  if (!plan) return;
  // What the environment sets wins over what the demo world would say.
  const env = Object.fromEntries(Object.entries(plan.env).filter(([key]) => !process.env[key]));
  current = startProcess({ ...plan, env }, say);
  current.ready.catch((error: Error) => say(`${error.message}\nwaiting for a change`));
}

/** Folders are watched, not files: an editor that replaces a file by renaming is seen as well. */
for (const folder of sourceFolders(name))
  watch(folder, { recursive: true }, () => {
    clearTimeout(restart);
    restart = setTimeout(() => {
      turn = turn.then(async () => {
        say(`${name}: restarting`);
        await current?.stop(1_000);
        await begin();
      });
    }, 50);
  });
turn = begin();

/** The folders of sources of a project and of every project of ours that it needs to run. */
function sourceFolders(project: string, found = new Set<string>()): Set<string> {
  const folder = ['apps', 'libs', 'tools'].map((kind) => resolve(root, kind, project)).find(existsSync);
  if (!folder || found.has(`${folder}/src`)) return found;
  found.add(`${folder}/src`);
  if (existsSync(`${folder}/page`)) found.add(`${folder}/page`);
  const { dependencies = {} } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as {
    dependencies?: Record<string, string>;
  };
  for (const dependency of Object.keys(dependencies)) {
    const [scope, other] = dependency.split('/');
    if (scope === '@bff' && other) sourceFolders(other, found);
  }
  return found;
}

async function end(): Promise<never> {
  const all = current ? [current, ...world] : world;
  await Promise.all(all.map((each) => each.stop(3_000)));
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void end());
