import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tree } from '@nx/devkit';
import type { AdoptedService } from './documents.ts';
import { about, fakes, idOf, versions } from './own-texts.ts';

const templates = join(import.meta.dirname, 'templates');
const template = (name: string, values: Readonly<Record<string, string>> = {}): string =>
  readFileSync(join(templates, name), 'utf8').replaceAll(
    /\{\{(\w+)\}\}/g,
    (_, key: string) => values[key] ?? '',
  );

export interface Product {
  readonly services: readonly AdoptedService[];
  /** Apps that are kept, such as `web-bff`. */
  readonly apps: readonly string[];
  /** Scope of the packages, such as `@bff`. */
  readonly scope: string;
  /** Login names of the demo's users. */
  readonly users: readonly string[];
  /** Ids of the demo's tenants. */
  readonly tenants: readonly string[];
}

const meaningOf = {
  read: (name: string) => `Read what ${name}-service answers.`,
  write: (name: string) => `Change what ${name}-service stores.`,
} as const;

/** Writes the files that replace those of the example. */
export function writeOwnFiles(tree: Tree, product: Product): void {
  const { services, apps } = product;
  const scopes = services.flatMap(({ name, actions }) =>
    actions.map((action) => [`${name}:${action}`, meaningOf[action](name)] as const),
  );
  const write = (path: string, text: string, isNeeded = true): void =>
    void (isNeeded && tree.write(path, text));

  write('libs/services/src/index.ts', registryOf(services));
  for (const { name, source, document, documentFile } of services) {
    write(`libs/services/src/${name}.ts`, source);
    write(documentFile, document);
  }
  write('.prettierignore', `${tree.read('.prettierignore', 'utf8')}libs/services/openapi\n`);
  const tenants = JSON.stringify({ tenants: product.tenants.map(tenantOf) });
  for (const path of ['libs/services/demo-tenants.json', ...apps.flatMap(tenantFilesOf(tree))])
    write(path, tenants);

  write(
    'README.md',
    template('README.md.txt', {
      title: `${product.scope.slice(1)}: backends for frontends`,
      families: apps.join(', '),
      scope: product.scope,
      app: apps[0] ?? '',
    }),
  );
  const manifest = JSON.parse(tree.read('package.json', 'utf8') ?? '{}') as object;
  write(
    'package.json',
    JSON.stringify({ ...manifest, description: `Backends for frontends: ${apps.join(', ')}` }),
  );
  write('tools/demo-services/src/fakes/index.ts', fakes);
  write('tools/demo-world/src/examples.ts', examplesOf(product));
  write('apps/mobile-bff/test/screens/id-of.ts', idOf, apps.includes('mobile-bff'));
  if (apps.includes('web-bff'))
    for (const name of readdirSync(join(templates, 'page')))
      write(`apps/web-bff/page/${name.replace(/\.txt$/, '')}`, template(`page/${name}`));
  write(
    'tools/dev-idp/src/partner-scopes.ts',
    `/** Space-separated scopes of a partner. */
export const partnerScopes = ${JSON.stringify(scopes.map(([scope]) => scope).join(' '))};\n`,
  );
  if (!apps.includes('partner-bff')) return;
  write(
    'apps/partner-bff/src/contract/scopes.ts',
    `/** Scopes of access tokens, with the operations that each permits. */
export const scopes = {
${scopes.map(([scope, meaning]) => `  '${scope}': '${meaning}',`).join('\n')}
} as const;\n`,
  );
  write('apps/partner-bff/src/contract/about.ts', about);
  write('apps/partner-bff/src/contract/versions.ts', versions);
}

/** Returns the source of the registry, in alphabetical order. */
export const registryOf = (services: readonly AdoptedService[]): string =>
  `/** The registry, one line for each service: clients, settings, metrics, audiences, fakes and docs follow from it. */
${services
  .toSorted((one, other) => (one.name < other.name ? -1 : 1))
  .map(({ name, constant }) => `export { ${constant} } from './${name}.ts';`)
  .join('\n')}\n`;

const tenantOf = (id: string) => ({
  id,
  name: id.charAt(0).toUpperCase() + id.slice(1),
  status: 'active',
  fields: { blocked: ['internal_notes'] },
});

const tenantFilesOf =
  (tree: Tree) =>
  (app: string): string[] =>
    ['dev', 'prod']
      .map((overlay) => `apps/${app}/deploy/overlays/${overlay}/tenants.json`)
      .filter((path) => tree.exists(path));

const examplesOf = ({ services, apps, users }: Product): string => {
  const [{ name, constant } = { name: '', constant: '' }] = services;
  const families = apps.map((app) => app.replace(/-bff$/, '')).filter((each) => each !== 'partner');
  return `import { local, type WorldPort } from './world/world.ts';

/**
 * Returns commands to try; those of removed BFFs and services are omitted, and all of them for an external
 * provider, which does not know these users.
 */
export function examples(at: Readonly<Partial<Record<string, WorldPort>>>): string {
  if (at['idp'] === undefined) return '';
  const texts = [
    ...${JSON.stringify(families)}.flatMap((family) => {
      const port = at[family];
      return port ? [\`Log in and call a screen: npm run -s ask -- \${local(port)}/api/${name}\`] : [];
    }),
    ...(at[${JSON.stringify(constant)}]
      ? [\`Let ${name}-service hang: curl -s -X PUT \${local(at[${JSON.stringify(constant)}])}/__faults -d '{"route":"*","kind":"hang"}'\`]
      : []),
  ];
  return texts.length === 0 ? '' : \`Users ${users.join(', ')}; the password of all is demo. Try:\\n\\n\${texts.map((text, index) => \`\${index + 1}  \${text}\\n\`).join('')}\`;
}
`;
};
