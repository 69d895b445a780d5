import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { logger } from '@nx/devkit';
import { unmeasured } from '../source/screen-source.ts';

/**
 * Sets the budgets of new screens to the largest answers of the seeded users, measured by the app's own test.
 */
export function measureBudgets(root: string, app: string, screens: readonly string[]): void {
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
      `^(?:${screens.join('|')}) is within its byte budget for every seeded user$`,
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
  for (const screen of screens) {
    const largest = (coding: string): string | undefined =>
      new RegExp(`\\b${screen}: the largest is (\\d+) bytes \\(${coding}\\)`).exec(stdout + stderr)?.[1];
    const [identity, gzip] = ['identity', 'gzip'].map(largest);
    if (!identity || !gzip) {
      logger.warn(`the bytes of ${screen} could not be measured: npx nx test ${app} prints the reason`);
      continue;
    }
    const file = resolve(root, `apps/${app}/src/screens/${screen}.ts`);
    const source = readFileSync(file, 'utf8');
    writeFileSync(file, source.replace(unmeasured, `{ identity: ${identity}, gzip: ${gzip} }`));
  }
}
