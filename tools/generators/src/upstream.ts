import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { formatFiles, logger, type GeneratorCallback, type Tree } from '@nx/devkit';
import { addSiblings } from './add-siblings.ts';
import { checkName, checkWorkspace, namesTaken, type CommonOptions } from './check-workspace.ts';
import { edit, repeatLines } from './edit.ts';
import { pascal, renamed } from './names.ts';
import { describedService, type DescribedOperation } from './openapi-operations.ts';
import {
  answerType,
  clientSource,
  clientSpec,
  doubleSource,
  doubleSpec,
  patternOf,
} from './upstream-files.ts';

export interface UpstreamOptions extends CommonOptions {
  readonly openapi: string;
}

/** The service that the registrations are copied from; it has the fewest peculiarities. */
const model = 'loyalty';
const others = /\b(user|order|notification)(-service|_SERVICE|Service)?\b|(USER|ORDER|NOTIFICATION)_SERVICE/;

/** Where clients and services are listed in code. */
const registrations = [
  'libs/upstream-clients/src/pipeline/operation.ts',
  'libs/upstream-clients/src/create-upstream-clients.ts',
  'libs/upstream-clients/src/upstream-settings.ts',
  'libs/upstream-clients/test/world.ts',
  'libs/upstream-clients/test/resilience/bulkhead.spec.ts',
  'libs/upstream-clients/test/transport/connections.spec.ts',
  'libs/upstream-clients/test/public-surface.spec.ts',
  'libs/upstream-clients/test/resilience/resilience-page.spec.ts',
  'libs/upstream-clients/test/upstream-settings.spec.ts',
  'tools/demo-services/src/services.ts',
  'tools/demo-services/src/demo-world.ts',
  'tools/demo-services/test/process.spec.ts',
  'tools/demo-services/test/public-surface.spec.ts',
  'tools/demo-world/src/start-world.ts',
  'tools/demo-world/src/world.ts',
  'tools/bench/src/peers/own-screens.ts',
  'tools/bench/src/performance/server-plans.ts',
];

/** `nx g @bff/tools:upstream parcel --openapi=parcel.yaml` */
export async function upstreamGenerator(tree: Tree, options: UpstreamOptions): Promise<GeneratorCallback> {
  const { name } = options;
  checkWorkspace(tree, options);
  checkName(name, namesTaken(tree));
  const { operations, passedOver } = await describedService(resolve(options.openapi));

  const client = `libs/upstream-clients/src/${name}-client.ts`;
  tree.write(client, clientSource(name, operations));
  tree.write(`libs/upstream-clients/test/${name}-client.spec.ts`, clientSpec(name, operations));
  tree.write(`tools/demo-services/src/${name}-service.ts`, doubleSource(name, operations));
  tree.write(`tools/demo-services/test/${name}-service.spec.ts`, doubleSpec(name, operations));
  register(tree, name, operations);
  await formatFiles(tree);

  for (const each of passedOver) logger.warn(`passed over: ${each}`);
  return () => {
    // Of the settings as they are now: the programs are asked, so that they have to be written first.
    execFileSync(process.execPath, ['tools/testbed/src/write-settings.ts'], {
      cwd: tree.root,
      stdio: 'inherit',
    });
  };
}

function register(tree: Tree, name: string, operations: readonly DescribedOperation[]): void {
  const ports = (tree.read('tools/demo-world/src/world.ts', 'utf8') ?? '').matchAll(
    /_SERVICE_PORT', (\d+)\]/g,
  );
  const port = Math.max(...[...ports].map(([, each]) => Number(each))) + 1;
  const isOfModel = new RegExp(`${model}(?!_?delay|-client\\.spec)`, 'i');
  const copyOf = (text: string): string => renamed(text, model, name).replace(/\b808\d\b/, String(port));

  const copy = (text: string): string | readonly string[] => {
    if (text === `'${model}.tier'`) return operations.map((each) => `'${name}.${each.name}'`);
    if (/^'[a-z-]+': \['\/api/.test(text))
      return `'${name}-service': ${JSON.stringify([...new Set(operations.map(patternOf))])}`;
    return copyOf(text);
  };
  for (const file of registrations)
    edit(tree, file, (text) => addSiblings(text, { of: isOfModel, among: others, copy }));

  edit(tree, 'libs/upstream-clients/src/index.ts', (text) => {
    const types = operations.map((each) => answerType(name, each));
    const line = `export type { ${[`${pascal(name)}Client`, ...types].join(', ')} } from './${name}-client.ts';`;
    return text.replace(/^.*'\.\/loyalty-client\.ts';\n/m, (its) => `${its}${line}\n`);
  });
  const line = repeatLines(new RegExp(`^.*${model.toUpperCase()}_SERVICE_URL`), copyOf);
  for (const app of tree
    .children('apps')
    .filter((each) => tree.exists(`apps/${each}/deploy/base/settings.env`))) {
    edit(tree, `apps/${app}/deploy/base/settings.env`, line);
    edit(tree, `apps/${app}/deploy/base/network-policy-upstreams.yaml`, (text) => {
      const rules = text.split(/(?=^ {4}- to:$)/m);
      return rules.flatMap((rule) => (rule.includes(model) ? [rule, copyOf(rule)] : [rule])).join('');
    });
  }
  edit(tree, 'docker/compose.yaml', (text) =>
    line(text).replace(/8080-\d+:8080-\d+/, `8080-${port}:8080-${port}`),
  );
  edit(tree, 'docker/kubernetes/components/signing-keys/network-policy.yaml', (text) =>
    text.replace(/(values: \[.*-service)\]/, `$1, ${name}-service]`),
  );
  edit(tree, 'tools/demo-world/src/things-to-try.ts', repeatLines(/row\('loyalty-service'/, copyOf));
  edit(tree, 'libs/upstream-clients/README.md', repeatLines(/^\| `loyalty` /, () => `| \`${name}\` | ${operations.map((each) => `\`${each.name}\``).join(', ')} |`)); // prettier-ignore
  edit(tree, 'docs/resilience.md', (text) =>
    repeatLines(/^\| `loyalty\.tier` /, () =>
      operations.map((each) => `| \`${name}.${each.name}\` | 2000 | 5 | 30000 | 120000 |`).join('\n'),
    )(text),
  );
}
