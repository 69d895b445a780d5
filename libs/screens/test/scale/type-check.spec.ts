import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { generateProduct } from './generate-product.ts';

const lib = resolve(import.meta.dirname, '../..');
/** Ignored by Git and the linter. */
const folder = join(lib, 'dist/scale');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/**
 * Measured: 1.7 million, independent of the machine's load. Comparing all methods of `ZodType` took 2.8
 * million.
 */
const maxInstantiations = 2_200_000;

test(`the types of 200 screens and 50 services need fewer than ${maxInstantiations} instantiations`, () => {
  rmSync(folder, { recursive: true, force: true });
  generateProduct(folder, { services: 50, screens: 200 });
  const begun = performance.now();
  const { status, stdout } = spawnSync(
    process.execPath,
    [
      join(lib, '../../node_modules/typescript-7/bin/tsc'),
      '--noEmit',
      '--extendedDiagnostics',
      // Several checkers would each infer the same types again.
      ...['--checkers', '1'],
      ...['--project', folder],
    ],
    { encoding: 'utf8' },
  );
  const seconds = (performance.now() - begun) / 1_000;
  const instantiations = Number(/^Instantiations:\s+(\d+)$/m.exec(stdout)?.[1]);
  process.stdout.write(
    `200 screens and 50 services: ${seconds.toFixed(1)} s, ${instantiations} instantiations\n`,
  );
  expect(stdout.split('\n').filter((line) => line.includes('error TS'))).toEqual([]);
  expect(status).toBe(0);
  expect(instantiations).toBeLessThan(maxInstantiations);
}, 180_000);
