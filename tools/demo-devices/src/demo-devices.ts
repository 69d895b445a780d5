import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { loginToMobileBff } from '@bff/demo-world';
import { createDevice } from './device.ts';
import { createDisplay } from './display.ts';
import { createFlakyLink } from './flaky-link.ts';
import { differences, live } from './life.ts';
import { randomFrom } from './random.ts';
import { createEnvironment } from './environment.ts';
import { createTally } from './tally.ts';
import { worldInReach } from './world-in-reach.ts';

/**
 * `npm run demo:mobile [-- --rounds 40 --seed 1 --devices 3]`: keeps devices of alice current by differential
 * sync over bad networks. After the rounds or Ctrl-C it prints a chart, and compares each device with a full
 * fetch. Exit code 1 when one differs.
 */
const names = ['phone', 'tablet', 'watch', 'car', 'tv', 'glasses'];
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    devices: { type: 'string', default: '3' },
  },
});
const rounds = wholeNumber('rounds', 10_000);
const seed = wholeNumber('seed', 2 ** 31);
const count = wholeNumber('devices', names.length);
/** Pause between two reads, in milliseconds: long enough to watch on a terminal; none without a terminal. */
const pace = process.stdout.isTTY ? 250 : 0;

const stopping = new AbortController();
const say = (text: string): void => void process.stdout.write(`${text}\n`);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stopping.abort());
const { stdin } = process;
// Raw mode, because without it the terminal would send Ctrl-C to the child processes too, which the final
// comparison needs. The first Ctrl-C ends raw mode, so that a second one stops everything.
if (stdin.isTTY)
  stdin.setRawMode(true).on('data', (key) => {
    if (!key.includes(3)) return;
    stopping.abort();
    stdin.setRawMode(false);
  });

try {
  const world = await worldInReach(process.env);
  try {
    process.exitCode = await demonstrate(world.origin, world.notificationService);
  } finally {
    await world.stop();
  }
} catch (error) {
  process.stderr.write(`demo:mobile: ${(error as Error).message}\n`);
  process.exitCode = 1;
} finally {
  if (stdin.isTTY) stdin.setRawMode(false).pause();
}

async function demonstrate(origin: string, notificationService: string | undefined): Promise<0 | 1> {
  const login = () => loginToMobileBff({ url: origin, username: 'alice' });
  const devices = [];
  for (const [index, name] of names.slice(0, count).entries()) {
    const chance = { weather: randomFrom(seed + 100 * index + 1), fate: randomFrom(seed + 100 * index + 2) };
    const link = createFlakyLink(chance, pause);
    devices.push(createDevice(name, link, origin, await login()));
  }
  const environment = createEnvironment(origin, await login(), randomFrom(seed), notificationService);
  const tally = createTally();
  const display = createDisplay(process.stdout);
  await live({
    devices,
    environment,
    rounds,
    random: randomFrom(seed),
    show(look, writes) {
      tally.add(look);
      display.show(look, writes);
    },
    pause: () => pause(pace),
    signal: stopping.signal,
  });

  say(`\n${tally.chart()}\n`);
  const different = await differences(devices);
  for (const { device, screen } of different) say(`DIFFERENT: ${device}, ${screen}`);
  if (different.length === 0) say('every device shows on every screen what a full fetch shows');
  return different.length === 0 ? 0 : 1;
}

function wholeNumber(name: 'rounds' | 'seed' | 'devices', most: number): number {
  const value = Number(values[name]);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  process.stderr.write(`demo:mobile: --${name} must be a whole number from 1 to ${most}\n`);
  process.exit(1);
}
