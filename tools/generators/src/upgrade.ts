import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { logger, type GeneratorCallback, type Tree } from '@nx/devkit';
import { putAnswers, readAnswers, type Answers } from './adopt/answers.ts';
import { conflictsError, markUnmerged, unresolved } from './upgrade/conflicts.ts';
import { finish } from './upgrade/finish.ts';
import { mergeTrees, type MergedFile } from './upgrade/merge-trees.ts';
import { newMigrations } from './upgrade/migrations.ts';
import { render } from './upgrade/render.ts';
import { run } from './upgrade/run.ts';
import { compareVersions, fetchTemplate } from './upgrade/template.ts';
import { checkWorkspace } from './workspace/check-workspace.ts';

export interface UpgradeOptions {
  /** Version of the template. */
  readonly to: string;
  /** URL or path of its repository. Default: from the answers file. */
  readonly from?: string;
}

/**
 * Upgrades the workspace (`nx g @bff/tools:upgrade --to=1.4.0`): renders its version of the template and the
 * requested one, and merges the difference. Fails on conflicts, and continues when it is run again after they
 * were resolved.
 */
export async function upgradeGenerator(
  tree: Tree,
  { to, from }: UpgradeOptions,
): Promise<GeneratorCallback | undefined> {
  const { root } = tree;
  const answers = readAnswers(tree);
  const { pending, template } = answers;
  if (!/^\d+\.\d+\.\d+$/.test(to)) throw new Error(`"${to}" is not a version: write it as in 1.4.0`);
  if (pending && pending.version !== to)
    throw new Error(
      `the upgrade to ${pending.version} is not finished: run it again, or undo the merge with git`,
    );
  const step = compareVersions(to, template.version);
  if (step < 0) throw new Error(`this workspace has version ${template.version}, which is later than ${to}`);
  if (step === 0) {
    logger.info(`this workspace has version ${to}`);
    return undefined;
  }
  checkWorkspace(tree, { allowDirty: pending !== undefined }, 'commit or discard them first');
  if (pending) return () => finishUpgrade(root, answers);

  const merge = prepare(root, answers, to, from ?? template.repository);
  for (const { path, merged, mode } of merge.files) {
    if (merged.kind === 'left deleted') continue;
    if (merged.content) tree.write(path, merged.content, { mode });
    else tree.delete(path);
  }
  const conflicts = merge.files.filter(({ merged }) => merged.kind === 'conflict');
  const { version, migrations } = merge;
  const merging: Answers = {
    ...answers,
    pending: { version, tree: merge.tree, migrations, conflicts: conflicts.map(({ path }) => path) },
  };
  putAnswers(tree, merging);
  report(merge.files);
  return () => {
    markUnmerged(root, conflicts);
    return finishUpgrade(root, merging);
  };
}

interface Merge {
  readonly version: string;
  /** Hash of the template's files in that version. */
  readonly tree: string;
  readonly migrations: string[];
  readonly files: readonly MergedFile[];
}

/** Renders both versions and merges their difference, without writing into the workspace. */
function prepare(root: string, answers: Answers, to: string, from: string | undefined): Merge {
  if (from === undefined)
    throw new Error('the address of the template is unknown: name its repository with --from=<url or path>');
  using template = fetchTemplate(root, from);
  const [base, next] = [template.baseOf(answers, treesOf(root)), template.commitOf(to)];
  // Renders only families that still exist, so that one that was deleted later stays deleted.
  const families = answers.families.filter((family) =>
    existsSync(join(root, `apps/${family}-bff/package.json`)),
  );
  const product = { ...answers, families };
  const rendered = [base, next].map((commit, index) => {
    const version = index === 0 ? answers.template.version : to;
    logger.info(`rendering ${version}`);
    try {
      return render(root, template, commit, product);
    } catch (error) {
      throw new Error(`version ${version} cannot be rendered: ${(error as Error).message}`, { cause: error });
    }
  });
  const [old = '', wanted = ''] = rendered;
  return {
    version: to,
    tree: run(template.folder, 'git', 'rev-parse', `${next}^{tree}`).trim(),
    migrations: newMigrations(old, wanted),
    files: mergeTrees(root, old, wanted, product),
  };
}

/**
 * Returns the hashes of all trees in the workspace's history, newest first. One of them may be the tree of a
 * commit of the template, by which that commit is found.
 */
const treesOf = (root: string): readonly string[] => run(root, 'git', 'log', '--format=%T').split('\n');

function report(files: readonly MergedFile[]): void {
  const of = (kind: MergedFile['merged']['kind']): string[] =>
    files.filter(({ merged }) => merged.kind === kind).map(({ path }) => path);
  logger.info(`${of('taken').length} files that you did not change were replaced by the new version`);
  for (const path of of('merged')) logger.info(`merged with your changes: ${path}`);
  for (const path of of('left deleted')) logger.info(`changed by the template, deleted by you: ${path}`);
  for (const { path, merged } of files)
    if (merged.kind === 'conflict') logger.info(`conflict, ${merged.reason}: ${path}`);
}

/**
 * Finishes the upgrade.
 * @throws {Error} while conflicts remain, or when a step fails; the upgrade can then be run again
 */
function finishUpgrade(root: string, answers: Answers): void {
  const left = unresolved(root, answers.pending?.conflicts ?? []);
  if (left.length > 0) throw conflictsError(left);
  finish(root, answers);
  logger.info(
    `this workspace has version ${answers.pending?.version}: look at the changes, run npm run check, and commit`,
  );
}
