import { join } from 'node:path';
import { repository } from '../../src/apps.ts';
import type { ApiServer } from './api-server.ts';
import { applyServerSide, changedSince, type Resource } from './apply-twice.ts';
import { changedOverlay } from './cases.ts';

interface Deployment extends Resource {
  readonly spec: { readonly template: { readonly metadata: object; readonly spec: object } };
}
const deploymentIn = (resources: readonly Resource[]): Deployment =>
  resources.find(({ kind }) => kind === 'Deployment') as Deployment;

/**
 * Checks that PodSecurity admits the pod of an overlay, and rejects the same pod if it uses the network of
 * its node. Returns the problems found.
 */
export async function checkPodSecurity(server: ApiServer, overlay: string): Promise<string[]> {
  const deployment = deploymentIn((await applyServerSide(server, join(repository, overlay))).objects);
  const { namespace, name } = deployment.metadata;
  const { metadata, spec } = deployment.spec.template;
  const create = (changes: object) => {
    const pod = { metadata: { ...metadata, name, namespace }, spec: { ...spec, ...changes } };
    const input = JSON.stringify({ apiVersion: 'v1', kind: 'Pod', ...pod });
    return server.kubectl(['create', '--dry-run=server', '--filename', '-'], input);
  };
  const problems: string[] = [];
  const admitted = await create({});
  if (admitted.status !== 0) problems.push(`${overlay}: the pod is rejected: ${admitted.stderr.trim()}`);
  const rejected = await create({ hostNetwork: true });
  if (!rejected.stderr.includes('violates PodSecurity'))
    problems.push(
      `${overlay}: PodSecurity does not reject a pod with hostNetwork: ${rejected.stderr.trim()}`,
    );
  return problems;
}

/** The resources that a change of an overlay changes. */
export interface Rollout {
  readonly title: string;
  readonly touched: string;
  readonly isExpected: boolean;
}

async function rollOut(server: ApiServer, overlay: string, changes: object) {
  const { objects: before } = await applyServerSide(server, join(repository, overlay));
  const { objects: after } = await applyServerSide(server, changedOverlay(overlay, [], changes));
  return {
    before: deploymentIn(before),
    after: deploymentIn(after),
    touched: changedSince(before, after).join(', '),
  };
}

/** Applies the overlay `prod` of an app, then with another image tag, then with another setting. */
export async function checkRollouts(server: ApiServer, app: string): Promise<Rollout[]> {
  const overlay = `apps/${app}/deploy/overlays/prod`;
  const image = `registry.example.com/${app}`;
  const tagged = await rollOut(server, overlay, { images: [{ name: image, newTag: 'next' }] });
  const untagged = ({ spec }: Deployment): string =>
    JSON.stringify(spec).replace(/("image":"[^"]+):[^":]+"/, '$1"');
  const isImageAlone = untagged(tagged.before) === untagged(tagged.after);
  const setting = { name: 'bff-settings', behavior: 'merge', literals: ['LOG_LEVEL=warn'] };
  const set = await rollOut(server, overlay, { configMapGenerator: [setting] });
  return [
    {
      title: `${app}, another image tag`,
      touched: tagged.touched,
      isExpected: tagged.touched === `Deployment/${app}` && isImageAlone,
    },
    {
      title: `${app}, another setting`,
      touched: set.touched,
      isExpected: new RegExp(`^ConfigMap/${app}-settings-\\w+, Deployment/${app}$`).test(set.touched),
    },
  ];
}
