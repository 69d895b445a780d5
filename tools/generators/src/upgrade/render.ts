import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Answers } from '../adopt/answers.ts';
import { run } from './run.ts';
import type { Template } from './template.ts';

/**
 * Replaces the adopter's documents: files made from a document belong to the adopter and are not merged, so
 * only the names of the services matter.
 */
const document = `openapi: 3.1.0
info: { title: any, version: 1.0.0 }
paths: { /any: { get: { operationId: any, responses: { '200': { description: any, content: { application/json: { schema: { type: object, properties: { any: { type: string } } } } } } } } } }
`;

type Product = Pick<Answers, 'families' | 'scope' | 'documents'>;

/**
 * Renders a commit of the template with its own generators, as adopt would, and returns the folder.
 * Renderings are cached below node_modules; packages are installed only if they differ from those of the
 * previously rendered commit.
 *
 * @throws {Error} when the packages cannot be installed or the generators fail
 */
export function render(root: string, template: Template, commit: string, product: Product): string {
  const { families, scope, documents } = product;
  const services = documents.map(({ service }) => service);
  const key = createHash('sha256')
    .update(JSON.stringify([commit, families, scope, services]))
    .digest('hex');
  const rendered = join(root, 'node_modules/.cache/upgrade', key.slice(0, 24));
  if (existsSync(rendered)) return rendered;
  const { folder } = template;
  const making = `${rendered}.${process.pid}`;
  const given = mkdtempSync(join(tmpdir(), 'documents-'));
  try {
    run(folder, 'git', 'checkout', '--quiet', '--force', commit);
    run(folder, 'git', 'clean', '--quiet', '--force', '-d');
    install(folder);
    const files = services.map((name) => join(given, `${name}.yaml`));
    for (const file of files) writeFileSync(file, document);
    const { name } = JSON.parse(readFileSync(join(folder, 'tools/generators/package.json'), 'utf8')) as {
      name: string;
    };
    const options = [`--openapi=${files.join(',')}`, `--families=${families.join(',')}`, `--scope=${scope}`];
    run(folder, 'npx', 'nx', 'generate', `${name}:render`, ...options, '--no-interactive');
    run(folder, 'git', 'add', '--all');
    run(folder, 'git', 'checkout-index', '--all', `--prefix=${making}/`);
    run(folder, 'git', 'reset', '--quiet', '--hard');
    mkdirSync(dirname(rendered), { recursive: true });
    renameSync(making, rendered);
    return rendered;
  } finally {
    rmSync(making, { recursive: true, force: true });
    rmSync(given, { recursive: true });
  }
}

function install(folder: string): void {
  const wanted = packagesOf(join(folder, 'package-lock.json'));
  const installed = join(folder, 'node_modules/.installed');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return;
  run(folder, 'npm', 'ci', '--no-audit', '--no-fund', '--prefer-offline');
  writeFileSync(installed, wanted);
}

/** Returns the packages that a lock file installs, without the versions of the workspace and its projects. */
function packagesOf(file: string): string {
  const { packages } = JSON.parse(readFileSync(file, 'utf8')) as { readonly packages: object };
  return JSON.stringify(Object.entries(packages).filter(([path]) => path.includes('node_modules/')));
}
