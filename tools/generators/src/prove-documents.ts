import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { checkSource } from './source/check-source.ts';
import { readService, serviceFiles } from './service.ts';

/**
 * `node tools/generators/src/prove-documents.ts <document>...`: generates a service from each document
 * without writing it into the workspace, type-checks it, and requests a sample of every answer from the
 * generic fake. Prints a row for each document, followed by the skipped operations by reason. Exit code 1
 * when one does not compile or a sample is invalid.
 */
const root = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'documents-'));
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));

/** Program that prints how many answers a module declares, and the operations whose sample is invalid. */
const samples = `
const [, , module, generic] = process.argv;
const { info } = await import('@bff/upstream-clients');
const { jsonSchemaOf, sampleOf } = await import(generic);
const { proven } = await import(module);
const answers = Object.entries(proven[info].operations).filter(([, { response }]) => response);
const wrong = answers.filter(([, { response }]) => {
  try {
    return !response.safeParse(sampleOf(jsonSchemaOf(response))).success;
  } catch { return true; }
}).map(([name]) => name);
process.stdout.write(JSON.stringify({ answers: answers.length, wrong }));`;

interface Samples {
  readonly answers: number;
  readonly wrong: readonly string[];
}

function samplesOf(name: string, source: string): Samples {
  const [file, script] = [join(folder, `${name}.ts`), join(folder, 'samples.mjs')];
  writeFileSync(file, source);
  writeFileSync(script, samples);
  const generic = join(root, 'tools/demo-services/src/generic/index.ts');
  const { stdout, stderr } = spawnSync(process.execPath, [script, file, generic], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (stdout === '')
    throw new Error(
      `the module cannot be loaded: ${stderr.split('\n').find((line) => line.includes('Error')) ?? stderr}`,
    );
  return JSON.parse(stdout) as Samples;
}

async function prove(file: string): Promise<void> {
  const begun = performance.now();
  const before = process.cpuUsage();
  const described = await readService(file);
  const { files = {}, skipped } = serviceFiles('proven', described, [], '');
  const [[path = '', source = ''] = []] = Object.entries(files);
  const count = described.operations.length + described.skipped.length;
  const generated = count - skipped.length;
  const failures: string[] = [];
  try {
    if (source !== '') checkSource(root, { [path]: source });
  } catch (error) {
    failures.push((error as Error).message);
  }
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const { user, system } = process.cpuUsage(before);
  const cpuSeconds = ((user + system) / 1e6).toFixed(1);
  const { answers, wrong } = source === '' ? { answers: 0, wrong: [] } : samplesOf('proven', source);
  if (wrong.length > 0) failures.push(`samples that do not fit: ${wrong.slice(0, 5).join(', ')}`);
  const row = [
    basename(file),
    count,
    generated,
    skipped.length,
    `${seconds} s`,
    `${cpuSeconds} s`,
    `${Math.round(source.length / 1000)} KB`,
    failures.length > 0 ? 'red' : 'green',
    `${answers - wrong.length}/${answers} samples`,
  ];
  const reasons = Object.groupBy(skipped, ({ reason }) => reason.replaceAll(/"[^"]*"|parameter \S+/g, '…'));
  process.stdout.write(`${row.join('  ')}\n`);
  for (const [reason, all = []] of Object.entries(reasons))
    process.stdout.write(`  ${all.length} × ${reason}\n`);
  for (const line of failures) process.stdout.write(`  RED ${line}\n`);
  if (failures.length > 0) process.exitCode = 1;
}

process.stdout.write(
  'document  operations  generated  skipped  seconds  CPU seconds  source  types and samples\n',
);
for (const file of process.argv.slice(2))
  await prove(file).catch((error: unknown) => {
    process.stdout.write(`${basename(file)}  rejected: ${(error as Error).message}\n`);
    process.exitCode = 1;
  });
rmSync(folder, { recursive: true });
