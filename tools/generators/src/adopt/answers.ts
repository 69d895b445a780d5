import { execFileSync } from 'node:child_process';
import { type Tree } from '@nx/devkit';
import { type Product } from './own-files.ts';

/** What a workspace was made of; a later upgrade renders the same again. */
export const answersFile = '.bff.json';

export function writeAnswers(tree: Tree, { services, apps, scope }: Product): void {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: tree.root, encoding: 'utf8' }).trim();
  const { version } = JSON.parse(tree.read('package.json', 'utf8') ?? '{}') as { version: string };
  const answers = {
    template: { version, commit: git('rev-parse', 'HEAD') },
    families: apps.map((app) => app.replace(/-bff$/, '')),
    scope,
    documents: services.map(({ name, documentFile, sha256 }) => ({ service: name, file: documentFile, sha256 })),
  };
  tree.write(answersFile, `${JSON.stringify(answers, undefined, 2)}\n`);
} // prettier-ignore
