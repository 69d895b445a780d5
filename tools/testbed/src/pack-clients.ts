import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { apps, familyOf, repository as root } from './apps.ts';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

interface ClientPackage {
  /** Folder of the project from which the package is built. */
  readonly project: string;
  /** Name of the package without its scope, which is the project's scope. */
  readonly name: string;
  readonly entry: string;
  readonly description: string;
  readonly readme: string;
  /** Whether the modules of the package have side effects when they are loaded. */
  readonly sideEffects: boolean;
}

const clientPackages = (): readonly ClientPackage[] => [
  {
    project: 'libs/diff-sync',
    name: 'sync-client',
    entry: 'src/client.ts',
    description: 'Differential sync and a write queue for apps on bad networks',
    readme: 'client.md',
    sideEffects: true,
  },
  ...apps()
    .filter((app) => existsSync(resolve(root, 'apps', app, 'client/index.ts')))
    .map((app) => ({
      project: `apps/${app}`,
      name: `${familyOf(app)}-client`,
      entry: 'client/index.ts',
      description: `Typed client of ${app}`,
      readme: 'client/README.md',
      sideEffects: false,
    })),
];

/**
 * Builds each client package and packs it as npm would publish it: ES modules, types and a README, without
 * dependencies on Node.
 *
 * @param folder for packages and `.tgz` files; emptied first
 * @returns the paths of the `.tgz` files
 */
export async function packClients(folder: string): Promise<readonly string[]> {
  rmSync(folder, { recursive: true, force: true });
  const packages = clientPackages();
  // Compiles the projects, which writes the declarations.
  execFileSync(
    process.execPath,
    ['node_modules/typescript-7/bin/tsc', '--build', ...packages.map(({ project }) => project)],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const files: string[] = [];
  for (const each of packages) {
    const out = join(folder, each.name);
    const manifest = await buildPackage(each, out);
    writeFileSync(join(out, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
    execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
      cwd: out,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    files.push(join(folder, `${manifest.name.replace(/^@/, '').replace('/', '-')}-${manifest.version}.tgz`));
  }
  return files;
}

async function buildPackage(client: ClientPackage, out: string): Promise<Manifest> {
  const project = resolve(root, client.project);
  const own = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as Manifest;
  const { metafile } = await build({
    entryPoints: [join(project, client.entry)],
    outfile: join(out, 'index.js'),
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    packages: 'external',
    target: 'es2022',
    metafile: true,
    logLevel: 'warning',
  });
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  const dependencies = Object.entries(own.dependencies ?? {}).filter(([name]) =>
    imported.some((path) => path === name || path.startsWith(`${name}/`)),
  );
  const declarations = client.entry.replace(/\.ts$/, '.d.ts');
  // The client of an app with a page belongs to the TypeScript project of the page, whose output folder is
  // another one.
  const from = ['dist/types', 'dist/types-page'].find((each) =>
    existsSync(join(project, each, declarations)),
  );
  const types = copyTypes(join(project, from ?? ''), declarations, join(out, 'types'));
  copyFileSync(join(project, client.readme), join(out, 'README.md'));
  copyFileSync(join(root, 'LICENSE'), join(out, 'LICENSE'));
  return {
    name: own.name.replace(/[^/]+$/, client.name),
    version: own.version,
    ...{
      description: client.description,
      license: own.license,
      type: 'module',
      sideEffects: client.sideEffects,
    },
    ...{ main: './index.js', types, files: ['index.js', 'types'] },
    ...{ exports: { '.': { types, default: './index.js' } }, dependencies: Object.fromEntries(dependencies) },
  };
}

/**
 * Copies the declarations of an entry and of all modules that it imports.
 *
 * @returns the path of the entry in the package
 */
function copyTypes(from: string, entry: string, to: string): string {
  const seen = new Set<string>();
  const copy = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(join(from, file), 'utf8');
    mkdirSync(dirname(join(to, file)), { recursive: true });
    // Replaces the extension `.ts`, which TypeScript keeps in import specifiers, because the package contains
    // no such files.
    writeFileSync(
      join(to, file),
      text.replaceAll(/(['"])(\.[^'"]*)\.ts\1/g, '$1$2.js$1').replace(/^\/\/# source.*\n?/m, ''),
    );
    for (const [, , path = ''] of text.matchAll(/(['"])(\.[^'"]*)\.ts\1/g))
      copy(join(dirname(file), `${path}.d.ts`));
  };
  copy(entry);
  return `./types/${entry}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const file of await packClients(resolve(root, 'dist/packages'))) process.stdout.write(`${file}\n`);
