import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freeWorld } from '@bff/demo-world';
import { worldInReach, type WorldInReach } from '../src/world-in-reach.ts';

const program = resolve(import.meta.dirname, '../src/demo-devices.ts');
const allEqual = 'every device shows on every screen what a full fetch shows\n';

/** Runs the demo. @param stopAfter number of lines after which it sends SIGINT */
async function demo(env: Record<string, string>, args: string, stopAfter = Infinity) {
  const child = spawn(process.execPath, [program, ...args.split(' ')], {
    env: { ...process.env, NODE_OPTIONS: '', ...env },
  });
  const exited = once(child, 'exit');
  let errors = '';
  child.stderr.on('data', (text) => (errors += String(text)));
  let output = '';
  let stopped = false;
  for await (const text of child.stdout) {
    output += String(text);
    if (output.split('\n').length > stopAfter && !stopped) stopped = child.kill('SIGINT');
  }
  const [code] = (await exited) as [number | null];
  const looks = output.split('\n').filter((line) => /^\w+ +(good|poor|offline) /.test(line));
  return { code, output, errors, looks };
}

describe('the demo without a running world', () => {
  test('without a running world, the demo prints a line per read, a chart and the comparison, and stops the processes that it started', async () => {
    const env = await freeWorld();
    const { code, output, errors, looks } = await demo(env, '--rounds 5 --seed 7 --devices 2');
    expect([code, errors]).toEqual([0, '']);
    expect(output.startsWith('device  network  screen        answer  bytes   saved   ms    writes\n')).toBe(
      true,
    );
    expect(looks).toHaveLength(10);
    for (const device of ['phone', 'tablet'])
      expect(looks.filter((line) => line.startsWith(device))).toHaveLength(5);
    expect(output).toMatch(/\n226 patch +\d+ +[\d,]+ /);
    expect(output).toMatch(/\nsaved: -?\d+ % of the bytes/);
    expect(output.endsWith(allEqual)).toBe(true);
    await expect(fetch(`http://localhost:${env['MOBILE_BFF_PORT']}/`)).rejects.toThrow('fetch failed');
  }, 120_000);
});

describe('the demo in a running world', () => {
  let env: Record<string, string>;
  let world: WorldInReach;
  beforeAll(async () => {
    env = await freeWorld();
    world = await worldInReach(env);
  }, 120_000);
  afterAll(() => world.stop());

  test('two runs of the demo with the same seed read the same screens over the same networks', async () => {
    const readsOf = async () =>
      (await demo(env, '--rounds 4 --seed 11')).looks.map((line) => line.split(/ +/).slice(0, 3).join(' '));
    const first = await readsOf();
    expect(first).toHaveLength(12);
    expect(await readsOf()).toEqual(first);
  }, 120_000);

  test('on Ctrl-C the demo prints chart and comparison and ends, without stopping the world that was running before', async () => {
    const { code, output, looks } = await demo(env, '--rounds 10000', 6);
    expect([code, output.endsWith(allEqual)]).toEqual([0, true]);
    expect(looks.length).toBeGreaterThan(3);
    expect(output).toContain('without sync');
    expect((await fetch(`${world.origin}/api/home`)).status).toBe(401);
  }, 120_000);
});

test.each(['--rounds 0', '--devices 7', '--seed x'])(
  'the option %s is rejected and nothing is started',
  async (option) => {
    const { code, errors, output } = await demo({}, option);
    expect([code, output]).toEqual([1, '']);
    expect(errors).toMatch(/^demo:mobile: --\w+ must be a whole number from 1 to \d+\n$/);
  },
  20_000,
);
