import { rmSync } from 'node:fs';
import { apps } from '../src/apps.ts';
import { startApiServer, type ApiServer } from './kubernetes/api-server.ts';
import { applyClientSideTwice, applyServerSideTwice, type Result } from './kubernetes/apply-twice.ts';
import { casesOf, otherCases, overlaysOf, temporaryFolders, type Case } from './kubernetes/cases.ts';
import { checkPodSecurity, checkRollouts } from './kubernetes/checks.ts';
import { ensureDefinitions, kubernetesVersion, NoKubernetes } from './kubernetes/programs.ts';

/**
 * `npm run prove-apply [-- web-bff]`: applies every overlay, alone and with its optional components, the
 * monitoring and the resources of docs/how-to/let-traffic-in.md to a real Kubernetes API server, twice
 * client-side and twice server-side. Prints Markdown. Exit code 1 when a resource is rejected, causes a
 * warning, is changed by the second apply or has a diff, or when Kubernetes cannot be built. A word after
 * `--` selects the apps whose name contains it. Needs Go, openssl and kubectl.
 */
const only = process.argv[2] ?? '';
const chosen = apps().filter((app) => app.includes(only));
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const problems: string[] = [];

async function withServer<T>(use: (server: ApiServer) => Promise<T>): Promise<T> {
  const server = await startApiServer();
  const mustSucceed = async (...args: string[]): Promise<void> => {
    const { status, stderr } = await server.kubectl(args);
    if (status !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
  };
  try {
    for (const file of ensureDefinitions()) await mustSucceed('create', '--filename', file);
    await mustSucceed('wait', '--for=condition=Established', 'crd', '--all');
    await mustSucceed('create', 'namespace', 'monitoring');
    return await use(server);
  } finally {
    await server.close();
  }
}

async function applyAll(cases: readonly Case[], apply: (each: Case) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const each of cases) {
    const result = await apply(each).catch((error: Error) => ({
      objects: 0,
      warnings: 0,
      changed: 0,
      hasDiff: true,
      problems: [error.message],
    }));
    problems.push(
      ...result.problems.map((problem) => `${each.title}, components ${each.components}: ${problem}`),
    );
    results.push(result);
  }
  return results;
}

const cells = (values: readonly (string | number)[]): string => `| ${values.join(' | ')} |`;
const diffOf = ({ hasDiff }: Result): string => (hasDiff ? '**yes**' : 'empty');
async function prove(): Promise<void> {
  const cases = [...chosen.flatMap(overlaysOf).flatMap(casesOf), ...otherCases()];
  // Uses one API server for each way of applying, because a field belongs to the manager that applied it
  // first.
  const clientSide = await withServer((server) =>
    applyAll(cases, (each) => applyClientSideTwice(server, each)),
  );
  const serverSide = await withServer(async (server) => {
    const results = await applyAll(cases, (each) => applyServerSideTwice(server, each));
    for (const overlay of chosen.flatMap(overlaysOf))
      problems.push(...(await checkPodSecurity(server, overlay)));
    say(cells(['change of `prod`', 'resources that it changes']));
    say(cells(['---', '---']));
    for (const { title, touched, isExpected } of (
      await Promise.all(chosen.map((app) => checkRollouts(server, app)))
    ).flat()) {
      say(cells([title, touched]));
      if (!isExpected) problems.push(`${title}: changes ${touched || 'nothing'}`);
    }
    return results;
  });
  say('');
  say(
    cells([
      'applied',
      'components',
      'objects',
      'warnings',
      'changed by the second `apply --server-side`',
      'diff',
      'changed by the second `apply`',
      'diff',
    ]),
  );
  say(cells(Array.from({ length: 8 }, () => '---')));
  for (const [index, { title, components }] of cases.entries()) {
    const [server, client] = [serverSide[index] as Result, clientSide[index] as Result];
    const warnings = server.warnings + client.warnings;
    say(
      cells([
        title,
        components,
        server.objects,
        warnings,
        server.changed,
        diffOf(server),
        client.changed,
        diffOf(client),
      ]),
    );
  }
  say(`\nKubernetes ${kubernetesVersion}, ${problems.length} problems`);
}

try {
  await prove();
} catch (error) {
  problems.push(error instanceof NoKubernetes ? error.message : String((error as Error).stack));
} finally {
  for (const folder of temporaryFolders) rmSync(folder, { recursive: true });
}
for (const each of problems) process.stderr.write(`prove-apply: ${each}\n`);
process.exit(problems.length === 0 ? 0 : 1);
