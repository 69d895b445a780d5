import type { ApiServer } from './api-server.ts';
import type { Case } from './cases.ts';

/** A resource as the API server stores it. */
export interface Resource {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly resourceVersion: string };
  readonly spec?: object;
}

/** Result of applying one case twice. */
export interface Result {
  readonly objects: number;
  readonly warnings: number;
  /** Number of objects that the second apply changed. */
  readonly changed: number;
  readonly hasDiff: boolean;
  readonly problems: readonly string[];
}

interface Applied<T> {
  readonly objects: readonly T[];
  readonly warnings: readonly string[];
}
interface Outcome {
  readonly name: string;
  /** `created`, `configured` or `unchanged`. */
  readonly done: string;
}

const warningsIn = (stderr: string): string[] => stderr.match(/^Warning: .*$/gm) ?? [];

/**
 * Applies a kustomization server-side.
 * @throws {Error} with the message of kubectl
 */
export async function applyServerSide({ kubectl }: ApiServer, folder: string): Promise<Applied<Resource>> {
  const apply = ['apply', '--server-side', '--kustomize', folder, '--output', 'json'];
  const { status, stdout, stderr } = await kubectl(apply);
  if (status !== 0) throw new Error(stderr.trim());
  const output = JSON.parse(stdout) as Resource & { readonly items?: Resource[] };
  return { objects: output.items ?? [output], warnings: warningsIn(stderr) };
}

async function applyClientSide({ kubectl }: ApiServer, folder: string): Promise<Applied<Outcome>> {
  const { status, stdout, stderr } = await kubectl(['apply', '--kustomize', folder]);
  if (status !== 0) throw new Error(stderr.trim());
  const objects = [...stdout.matchAll(/^(\S+) (\w+)$/gm)].map(([, name = '', done = '']) => ({ name, done }));
  return { objects, warnings: warningsIn(stderr) };
}

const nameOf = ({ kind, metadata }: Resource): string => `${kind}/${metadata.name}`;
/** Returns the names of the resources that are new or have another version, in alphabetical order. */
export function changedSince(before: readonly Resource[], after: readonly Resource[]): string[] {
  const versions = new Map(before.map((each) => [nameOf(each), each.metadata.resourceVersion]));
  return after
    .filter((each) => versions.get(nameOf(each)) !== each.metadata.resourceVersion)
    .map(nameOf)
    .sort();
}

/** Applies a case server-side twice, and compares the stored versions. */
export async function applyServerSideTwice(server: ApiServer, { folder }: Case): Promise<Result> {
  const first = await applyServerSide(server, folder);
  const second = await applyServerSide(server, folder);
  return compareApplies(server, ['--server-side', '--kustomize', folder], {
    objects: first.objects.length,
    warnings: [...first.warnings, ...second.warnings],
    changed: changedSince(first.objects, second.objects),
  });
}

/**
 * Resources whose report `configured` is ignored: kubectl sends the selector of a PodDisruptionBudget with
 * every apply, because the patch strategy of this member is `replace`.
 */
const alwaysPatched = /^poddisruptionbudget\.policy\//;

/**
 * Applies a case client-side twice. `configured` counts as a change even if the API server stores the same
 * object.
 */
export async function applyClientSideTwice(server: ApiServer, { folder }: Case): Promise<Result> {
  const stored = async (): Promise<Resource[]> => {
    const { stdout } = await server.kubectl(['get', '--kustomize', folder, '--output', 'json']);
    return (JSON.parse(stdout) as { readonly items: Resource[] }).items;
  };
  const first = await applyClientSide(server, folder);
  const before = await stored();
  const second = await applyClientSide(server, folder);
  const patched = second.objects.filter(
    ({ name, done }) => done !== 'unchanged' && !alwaysPatched.test(name),
  );
  return compareApplies(server, ['--kustomize', folder], {
    objects: second.objects.length,
    warnings: [...first.warnings, ...second.warnings],
    changed: [...new Set([...patched.map(({ name }) => name), ...changedSince(before, await stored())])],
  });
}

async function compareApplies(
  { kubectl }: ApiServer,
  target: readonly string[],
  found: { readonly objects: number; readonly warnings: string[]; readonly changed: string[] },
): Promise<Result> {
  const { status, stdout, stderr } = await kubectl(['diff', ...target]);
  const problems = [...found.warnings, ...found.changed.map((name) => `the second apply changes ${name}`)];
  if (found.objects === 0) problems.push('nothing was applied');
  if (status !== 0) problems.push(`kubectl diff: ${stdout}${stderr}`);
  return {
    objects: found.objects,
    warnings: found.warnings.length,
    changed: found.changed.length,
    hasDiff: status !== 0,
    problems,
  };
}
