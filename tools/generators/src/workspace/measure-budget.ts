import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { logger } from '@nx/devkit';
import { unmeasured } from '../source/screen-source.ts';

/** Sets the budget of a new screen to the largest answer of the seeded users, as the app's own test measures it. */
export function measureBudget(root: string, app: string, screen: string): void {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      resolve(root, 'node_modules/.bin/jest'),
      '--config',
      '../../tools/testbed/jest/config.mjs',
      '--rootDir',
      '.',
      'test/screens/budgets.spec.ts',
      '--testNamePattern',
      `^${screen} of every seeded user is within its budget$`,
    ],
    {
      cwd: resolve(root, 'apps', app),
      encoding: 'utf8',
      env: {
        ...process.env,
        NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
      },
    },
  );
  const largest = (coding: string): string | undefined =>
    new RegExp(`${screen}: the largest is (\\d+) bytes \\(${coding}\\)`).exec(stdout + stderr)?.[1];
  const [identity, gzip] = ['identity', 'gzip'].map(largest);
  if (!identity || !gzip)
    return logger.warn(`the bytes of ${screen} could not be measured: npx nx test ${app} says why`);
  const file = resolve(root, `apps/${app}/src/screens/${screen}.ts`);
  const source = readFileSync(file, 'utf8');
  writeFileSync(file, source.replace(unmeasured, `{ identity: ${identity}, gzip: ${gzip} }`));
}
