import type { Tree } from '@nx/devkit';

/** Of a product every BFF has a version of its own; the template has one for everything. */
const releases = {
  projects: ['*-bff'],
  projectsRelationship: 'independent',
  releaseTag: { pattern: '{projectName}@{version}' },
  version: { conventionalCommits: true },
  changelog: { projectChangelogs: true },
  git: { commitMessage: 'chore(release): publish' },
};

/** Makes `nx release` release the BFFs instead of the template. */
export function writeOwnReleases(tree: Tree): void {
  const nx = JSON.parse(tree.read('nx.json', 'utf8') ?? '{}') as object;
  tree.write('nx.json', `${JSON.stringify({ ...nx, release: releases }, undefined, 2)}\n`);
}
