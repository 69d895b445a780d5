import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { logger } from '@nx/devkit';
import { putAnswers, type Answers } from '../adopt/answers.ts';
import { removeLeftovers } from '../workspace/remove-leftovers.ts';
import { migrationList } from './migrations.ts';
import { run } from './run.ts';

const list = 'migrations.json';

/**
 * Installs, migrates and derives with the programs of the new version, and records the version last. Every
 * step can be repeated.
 *
 * @throws {Error} with the step that failed
 */
export function finish(root: string, { pending, ...answers }: Answers): void {
  if (!pending) return;
  const step = (title: string, command: string, ...args: readonly string[]): string => {
    logger.info(title);
    try {
      return run(root, command, ...args);
    } catch (error) {
      throw new Error(
        `everything is merged, but ${title} failed: ${(error as Error).message}; run upgrade again when the cause is fixed`,
        { cause: error },
      );
    }
  };
  removeLeftovers(root);
  step('npm install', 'npm', 'install', '--no-audit', '--no-fund', '--prefer-offline');
  if (pending.migrations.length > 0) {
    writeFileSync(join(root, list), JSON.stringify(migrationList(root, pending.migrations)));
    try {
      logger.info(
        step(
          'migrations',
          'npx',
          'nx',
          'migrate',
          `--run-migrations=${list}`,
          '--no-interactive',
          '--skip-install',
        ),
      );
    } finally {
      rmSync(join(root, list));
    }
  }
  step('nx sync', 'npx', 'nx', 'sync');
  const { version, tree } = pending;
  const done = { ...answers, template: { ...answers.template, version, tree, commit: undefined } };
  putAnswers({ write: (path, text) => writeFileSync(join(root, path), text) }, done);
}
