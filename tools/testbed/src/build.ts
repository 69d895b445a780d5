import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { basename, dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { buildPage } from './build-page.ts';

/**
 * `nx build <project>`: what runs becomes one self-contained ESM file, a lib one file with its packages left outside.
 * Run in the project's folder; the result is in `dist/bundle/`.
 */
const program = existsSync('src/main.ts');
interface Manifest {
  readonly name: string;
  readonly version: string;
  /** Files of packages that the project reads while it runs, by package. */
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
  // Its CommonJS form hides its modules from bundlers.
  ...(program && { alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' } }),
  define: { 'process.env.npm_package_version': JSON.stringify(version) },
  // CommonJS packages inside an ESM bundle still call require for Node's own modules.
  ...(program && {
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  }),
  logLevel: 'warning',
});
// esbuild escapes what is not ASCII, save in comments; and one such character makes V8 keep the whole text with two bytes each.
writeFileSync(outfile, readFileSync(outfile, 'utf8').replace(/[^\0-\x7f]/g, '?'));
if (program) {
  copyFilesAtRunTime();
  // A module that the bundle lacks is reported here, not by a container that does not start.
  if (basename(dirname(process.cwd())) === 'apps')
    execFileSync(process.execPath, [outfile, '--help'], {
      stdio: ['ignore', 'ignore', 'inherit'],
      timeout: 30_000,
    });
}
if (existsSync('page')) await buildPage(process.cwd());
process.stdout.write(`${name}: dist/bundle\n`);

/** Puts the files that the bundled libs read from packages beside the bundle: in an image there is no package. */
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
