import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { generateProduct } from './generate-product.ts';

const lib = resolve(import.meta.dirname, '../..');
/** Git and the linter ignore it. */
const folder = join(lib, 'dist/scale');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Three times what it takes while other work fills the machine. */
const maxSeconds = 30;

test(`200 screens and 50 services are type-checked within ${maxSeconds} seconds`, () => {
  rmSync(folder, { recursive: true, force: true });
  generateProduct(folder, { services: 50, screens: 200 });
  const begun = performance.now();
  const { status, stdout } = spawnSync(
    process.execPath,
    [
      join(lib, '../../node_modules/typescript-7/bin/tsc'),
      '--noEmit',
      // Several checkers infer the same types again, each for itself.
      ...['--checkers', '1'],
      ...['--project', folder],
    ],
    { encoding: 'utf8' },
  );
  const seconds = (performance.now() - begun) / 1_000;
  process.stdout.write(`type-checking 200 screens and 50 services: ${seconds.toFixed(1)} s\n`);
  expect(stdout).toBe('');
  expect(status).toBe(0);
  expect(seconds).toBeLessThan(maxSeconds);
}, 120_000);
