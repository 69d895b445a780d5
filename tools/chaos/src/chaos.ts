import { parseArgs } from 'node:util';
import { chaosSummary, chaosTable } from './faults/chaos-report.ts';
import { startChaosWorld } from './faults/chaos-world.ts';
import { noDisturbance } from './faults/disturbance.ts';
import { disturbances } from './faults/disturbances.ts';
import { observe, type Observation } from './faults/observe.ts';

/**
 * `npm run chaos -- [--only redis,hang] [--seconds 4] [--patience 10] [--rate 40] [--users 4] [--json]`:
 * injects every fault in turn under a steady load. Exit code 1 when an answer is wrong, a write is lost, or a
 * failure is not allowed by the contract.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    seconds: { type: 'string', default: '4' },
    patience: { type: 'string', default: '10' },
    rate: { type: 'string', default: '40' },
    users: { type: 'string', default: '4' },
    json: { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
});
const words = values.only.split(',').filter(Boolean);
const chosen = disturbances.filter(
  ({ name }) => words.length === 0 || words.some((word) => name.includes(word)),
);
if (chosen.length === 0) {
  process.stderr.write(
    `no fault has ${words.join(' or ')} in its name; the faults are:\n${disturbances.map(({ name }) => name).join('\n')}\n`,
  );
  process.exit(1);
}

const world = await startChaosWorld({ replicas: 2, users: Number(values.users) });
const options = {
  ...world,
  rate: Number(values.rate),
  seconds: Number(values.seconds),
  patience: Number(values.patience),
};
const observations: Observation[] = [];
try {
  for (const disturbance of [noDisturbance, ...chosen]) {
    const observation = await observe(world.fleet, disturbance, options);
    observations.push(observation);
    const shown = values.verbose ? [...observation.failures, ...observation.reasons] : observation.failures;
    process.stderr.write(
      `${observation.name}: ${observation.requests} requests\n${shown.map((line) => `  ${line}\n`).join('')}`,
    );
  }
} finally {
  await world.close();
}
process.stdout.write(
  values.json ? `${JSON.stringify(observations, undefined, 2)}\n` : `${chaosTable(observations)}\n`,
);
process.stderr.write(`${chaosSummary(observations)}\n`);
process.exit(observations.some(({ failures }) => failures.length > 0) ? 1 : 0);
