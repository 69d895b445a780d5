import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { buildPage } from './build-page.ts';

/**
 * `nx build <project>`: what runs becomes one self-contained ESM file, a lib one file with its packages left outside.
 * Run in the project's folder; the result is in `dist/bundle/`.
 */
const program = existsSync('src/main.ts');
const { name, version } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  name: string;
  version: string;
};

const outfile = `dist/bundle/${program ? 'main' : 'index'}.js`;
await build({
  entryPoints: [program ? 'src/main.ts' : 'src/index.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  sourcemap: 'linked',
  minifySyntax: true,
  packages: program ? 'bundle' : 'external',
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
if (existsSync('page')) await buildPage(process.cwd());
process.stdout.write(`${name}: dist/bundle\n`);
