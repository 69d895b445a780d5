import { existsSync, readFileSync, watch } from 'node:fs';
import { basename, resolve } from 'node:path';
import { isTaken } from '@bff/testbed';
import { startProcess, type ProcessPlan, type RunningProcess } from './process.ts';
import { withDemoPage } from './with-demo-page.ts';
import { isExternal } from './world/elsewhere.ts';
import { bffPlan, isBff, worldPlans, worldPorts } from './world/world.ts';

/**
 * `nx serve <project>`, run in the project's folder: runs the project's program, and restarts it when a file
 * changes in the project or in one that it uses. Runs the tests instead if the project has no program, as in
 * a lib. For a BFF it also starts the demo world: the identity provider unless `ISSUER` is set, and each
 * service whose address is not set. Processes that already run are used.
 */
const root = resolve(import.meta.dirname, '../../..');
const name = process.argv[2] ?? basename(process.cwd());
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const at = worldPorts(process.env);
const world: RunningProcess[] = [];
if (isBff(name))
  for (const plan of worldPlans(at).filter((each) => !isExternal(each.name, process.env))) {
    if (await isTaken(Number(plan.env['PORT'])))
      say(`${plan.name}: using the process on port ${plan.env['PORT']}`);
    else world.push(startProcess(plan, (line) => say(`[${plan.name}] ${line}`)));
  }
await Promise.all(world.map(({ ready }) => ready));

let current: RunningProcess | undefined;
let restart: NodeJS.Timeout | undefined;
let turn: Promise<void> = Promise.resolve();

/** Runs Jest with the shared configuration. */
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
  // Variables of the environment take precedence over those of the demo world.
  const env = Object.fromEntries(Object.entries(plan.env).filter(([key]) => !process.env[key]));
  current = startProcess({ ...plan, env }, say);
  current.ready.catch((error: Error) => say(`${error.message}\nwaiting for a change`));
}

/**
 * Watches folders, because a watcher of a file would miss editors that replace it by renaming another one.
 */
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

/** Returns the source folders of a project and of every workspace project that it needs at runtime. */
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
