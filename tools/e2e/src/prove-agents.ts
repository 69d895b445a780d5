import { parseArgs } from 'node:util';
import { startAgentWorld } from './agents/agent-world.ts';
import { callThroughCrash } from './agents/calls.ts';
import { conformance, inspector, suites } from './agents/programs.ts';

/**
 * `npm run prove-agents [-- --calls 10000]`: tests two replicas of agent-bff on one Redis behind a balancer
 * without affinity. Runs the conformance suite of the Model Context Protocol (both revisions) and the
 * inspector's command line, unmodified, from the npm registry; then calls tools while a replica is killed,
 * and searches the store and the log for tokens. Exit code 1 when a check fails.
 */
const { values } = parseArgs({ options: { calls: { type: 'string', default: '10000' } } });
const scope =
  'customers:read orders:read notifications:read notifications:write preferences:read preferences:write';
const say = (line: string): void => void process.stdout.write(`${line}\n`);
let failed = 0;
async function check(title: string, work: () => Promise<string>): Promise<void> {
  try {
    say(`ok    ${title}${await work()}`);
  } catch (error) {
    failed++;
    say(`FAIL  ${title}\n${(error as Error).message}`);
  }
}

const world = await startAgentWorld(({ token }) => `Bearer ${token('alice', scope)}`);
try {
  for (const suite of suites)
    for (const scenario of suite.scenarios)
      await check(
        `conformance ${suite.revision} ${scenario.name}`,
        async () => `: ${await conformance(suite, scenario, world.url)} checks`,
      );
  const token = world.token('alice', scope);
  await check('inspector: list', async () => {
    const printed = await inspector(world.url, token, '--method', 'tools/list');
    return `: ${printed.match(/"inputSchema"/g)?.length ?? 0} tools`;
  });
  await check('inspector: call', async () => {
    const printed = await inspector(
      world.url,
      token,
      '--method',
      'tools/call',
      '--tool-name',
      'listOrders',
      '--tool-arg',
      'limit=2',
    );
    if (!printed.includes('next_cursor')) throw new Error(printed);
    return '';
  });
  await check('two replicas, one killed', async () => {
    const { calls, lost, writes, sent, triedAgain } = await callThroughCrash(world, Number(values.calls));
    const text = `: ${calls} calls, ${lost} lost, ${triedAgain} retried; ${writes} writes, ${sent} sent to the service`;
    if (lost > 0 || sent !== writes) throw new Error(text);
    return text;
  });
  await check('no token in the store or the log', async () => {
    const found = [world.redis.dump(), ...world.log].filter((text) => /eyJ[\w-]+\.[\w-]+\.[\w-]+/.test(text));
    if (found.length > 0)
      throw new Error(`${found.length} texts contain a token: ${found[0]?.slice(0, 300)}`);
    return `: ${world.log.length} lines`;
  });
} finally {
  await world.close();
}
process.exit(failed === 0 ? 0 : 1);
