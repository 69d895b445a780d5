import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { basename, dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { buildPage } from './build-page.ts';

/**
 * `nx build <project>`, run in the project's folder: bundles a program into one self-contained ESM file, or a
 * lib into one file that still imports its packages. The result is in `dist/bundle/`.
 */
const program = existsSync('src/main.ts');
interface Manifest {
  readonly name: string;
  readonly version: string;
  /** Files of packages that the project reads at runtime, by package. */
  readonly filesAtRunTime?: Readonly<Record<string, readonly string[]>>;
}
const manifestIn = (folder: string): Manifest =>
  JSON.parse(readFileSync(resolve(folder, 'package.json'), 'utf8')) as Manifest;
const { name, version } = manifestIn('.');

const outfile = `dist/bundle/${program ? 'main' : 'index'}.js`;
const { metafile } = await build({
  entryPoints: [program ? 'src/main.ts' : 'src/index.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  sourcemap: 'linked',
  metafile: true,
  minifySyntax: true,
  packages: program ? 'bundle' : 'external',
  // The CommonJS form of jsonc-parser hides its modules from bundlers.
  ...(program && { alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' } }),
  define: { 'process.env.npm_package_version': JSON.stringify(version) },
  // In an ESM bundle, CommonJS packages still call require for Node's modules.
  ...(program && {
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  }),
  logLevel: 'warning',
});
// Replaces non-ASCII characters, which esbuild leaves in comments only: a single one makes V8 store the
// complete text with two bytes per character.
writeFileSync(outfile, readFileSync(outfile, 'utf8').replace(/[^\0-\x7f]/g, '?'));
if (program) {
  copyFilesAtRunTime();
  // Detects a missing module now, before a container fails to start.
  if (basename(dirname(process.cwd())) === 'apps')
    execFileSync(process.execPath, [outfile, '--help'], {
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: 30_000,
    });
}
if (existsSync('page')) await buildPage(process.cwd());
process.stdout.write(`${name}: dist/bundle\n`);

/**
 * Copies the files that the bundled libs read from packages at runtime, because an image contains no
 * packages.
 */
function copyFilesAtRunTime(): void {
  const projects = new Set(
    Object.keys(metafile.inputs).flatMap((input) => /^(?:\.\.\/)+libs\/[^/]+/.exec(input)?.[0] ?? []),
  );
  for (const project of projects)
    for (const [from, files] of Object.entries(manifestIn(project).filesAtRunTime ?? {})) {
      const manifest = findPackageJSON(from, pathToFileURL(resolve(project, 'package.json')));
      const folder = dirname(manifest ?? from);
      for (const file of files) cpSync(resolve(folder, file), `dist/bundle/${from}/${file}`);
    }
}
