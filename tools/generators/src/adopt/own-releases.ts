import type { Tree } from '@nx/devkit';

/** In an adopted product every BFF has its own version; the template has one version for everything. */
const releases = {
  projects: ['*-bff'],
  projectsRelationship: 'independent',
  releaseTag: { pattern: '{projectName}@{version}' },
  version: { conventionalCommits: true },
  changelog: { projectChangelogs: true },
  git: { commitMessage: 'chore(release): publish' },
};

/** Configures `nx release` to release the BFFs instead of the template. */
export function writeOwnReleases(tree: Tree): void {
  const nx = JSON.parse(tree.read('nx.json', 'utf8') ?? '{}') as object;
  tree.write('nx.json', `${JSON.stringify({ ...nx, release: releases }, undefined, 2)}\n`);
}
