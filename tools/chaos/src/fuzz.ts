import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { bffNames, startFleet } from './fleet/fleet.ts';
import { fuzzHttp } from './fuzz/http-fuzz.ts';
import { parserProperties } from './fuzz/parser-properties.ts';
import { fuzzSockets } from './fuzz/raw-fuzz.ts';

/**
 * `npm run fuzz -- [--runs 2000] [--seed 1]`: fuzzes every parser, every documented operation, and the
 * sockets with bytes that are not HTTP.
 */
const { values } = parseArgs({
  options: { runs: { type: 'string', default: '2000' }, seed: { type: 'string' } },
});
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
const runs = Number(values.runs);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
let failures = 0;
const attempt = async (name: string, work: () => Promise<string>): Promise<void> => {
  try {
    say(`${name}: ${await work()}`);
  } catch (error) {
    failures += 1;
    say(`${name}: FAILED\n${(error as Error).message}`);
  }
};

say(`seed ${seed}`);
for (const [name, property] of Object.entries(parserProperties))
  await attempt(name, async () => {
    await fc.assert(property, { numRuns: runs * 5, seed });
    return `${runs * 5} inputs`;
  });
const fleet = await startFleet({ replicas: 1, env: { BURST_LIMIT: '10000000', DAILY_LIMIT: '10000000' } });
try {
  await attempt('HTTP', async () => JSON.stringify(await fuzzHttp(fleet, { runs, seed })));
  for (const name of bffNames)
    await attempt(`sockets of ${name}`, async () => {
      await fuzzSockets(Number(new URL(fleet.replicas[name][0]?.url ?? '').port), { runs: runs / 4, seed });
      return `${runs / 4} conversations`;
    });
} finally {
  await fleet.close();
}
process.exit(failures === 0 ? 0 : 1);
