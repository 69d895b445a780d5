import { mkdirSync, createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import { isTaken } from '@bff/testbed';
import { banner } from './start/banner.ts';
import { startProcess, type RunningProcess } from './process.ts';
import { requireNode } from './start/require-node.ts';
import { withDemoPage } from './with-demo-page.ts';
import { isExternal, portsHere, unusedSettings, withAddresses } from './world/elsewhere.ts';
import { bffNames, bffPlan, worldPlans, worldPorts } from './world/world.ts';

/**
 * `npm start`: runs the complete demo, each service in its own process, until Ctrl-C or SIGTERM. A process
 * whose address is in the environment, such as an identity provider in `ISSUER`, is used and not started.
 */
requireNode();
const { env } = process;
const at = worldPorts(env);
const here = portsHere(at, env);
const logFolder = resolve(import.meta.dirname, '../../../dist/logs');

const taken = [];
for (const line of unusedSettings(env)) process.stderr.write(`${line}\n`);
for (const each of Object.values(here)) if (await isTaken(each.port)) taken.push(each);
if (taken.length > 0) {
  for (const { process: name, setting, port } of taken)
    process.stderr.write(`port ${port} (${name}) is taken; set ${setting} to use another\n`);
  process.exit(1);
}

mkdirSync(logFolder, { recursive: true });
const running: RunningProcess[] = [];
let stopping = false;

async function stopAll(exitCode: number): Promise<never> {
  stopping = true;
  await Promise.all(running.map((each) => each.stop()));
  process.exit(exitCode);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => stopping || void stopAll(0));

const plans = [
  ...worldPlans(at).filter(({ name }) => !isExternal(name, env)),
  ...(await Promise.all(bffNames.map((name) => withDemoPage(withAddresses(bffPlan(name, at), env))))),
];
for (const plan of plans) {
  const log = createWriteStream(resolve(logFolder, `${plan.name}.log`));
  const each = startProcess(plan, (line) => log.write(`${line}\n`));
  running.push(each);
  each.child.once('exit', (code, signal) => {
    // A demo service may be killed on purpose; the other processes continue.
    if (!stopping)
      process.stderr.write(`${plan.name} exited (${signal ?? code}); see dist/logs/${plan.name}.log\n`);
  });
}

try {
  await Promise.all(running.map(({ ready }) => ready));
} catch (error) {
  if (!stopping) {
    process.stderr.write(`${(error as Error).message}\n`);
    await stopAll(1);
  }
}
if (!stopping) process.stdout.write(banner(here, env['ISSUER']));
