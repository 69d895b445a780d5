import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Bundles a page (`index.html`, `main.tsx`, `style.css`) into `dist/page` of the project: assets whose names
 * contain their hash, and the HTML that refers to them. Replaces each file atomically, because files of an
 * earlier build may be served meanwhile.
 * @returns the folder to serve
 */
export async function buildPage(project: string): Promise<string> {
  const { build } = await import('esbuild');
  const from = join(project, 'page');
  const to = join(project, 'dist/page');
  const { outputFiles } = await build({
    absWorkingDir: project,
    entryPoints: { main: join(from, 'main.tsx'), style: join(from, 'style.css') },
    outdir: join(to, 'assets'),
    entryNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    write: false,
    logLevel: 'warning',
  });
  let html = readFileSync(join(from, 'index.html'), 'utf8');
  for (const { path, contents } of outputFiles) {
    const name = basename(path);
    html = html.replace(`/assets/${name.replace(/-\w+(\.\w+)$/, '$1')}`, `/assets/${name}`);
    replaceFile(path, contents);
  }
  replaceFile(join(to, 'index.html'), html);
  return to;
}

function replaceFile(path: string, contents: Uint8Array | string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.${process.pid}`, contents);
  renameSync(`${path}.${process.pid}`, path);
}
