import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { fetchByMaven, javaCommand, NotInstalled, requireJava } from './java.ts';

/**
 * `npm run prove-kotlin`: compiles the Kotlin client of differential sync with a compiler from Maven Central
 * and runs the test vectors. Then runs the vectors on clients with one planted bug each, to show that the
 * vectors find the bugs. Needs Java and Maven, and outside CI is skipped without them. Exits with 1 when a
 * check fails.
 */
const versions = { compiler: '2.3.0', serialization: '1.9.0' };
const oldestJava = 17;
const folder = resolve(import.meta.dirname, '../../../libs/diff-sync');
const plantedBugs = [
  ['CanonicalJson.kt', 'value.entries.sortedBy { it.key }', 'value.entries'],
  ['SyncClient.kt', 'tokenOf(answer.header("Delta-Base")) != token', 'false'],
  ['SyncClient.kt', 'view - degraded.toSet() + own', 'view - degraded.toSet()'],
] as const;

const dependency = (group: string, artifact: string, version: string): string =>
  `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;

/** Returns the jars of the compiler and the JSON library, from the cache folder of this user or a download. */
function ensureJars(): readonly string[] {
  const cache = cacheFolder(`kotlin-${versions.compiler}-${versions.serialization}`);
  if (!existsSync(cache)) {
    mkdirSync(dirname(cache), { recursive: true });
    const draft = mkdtempSync(join(dirname(cache), 'fetching-'));
    try {
      const dependencies = [
        dependency('org.jetbrains.kotlin', 'kotlin-compiler-embeddable', versions.compiler),
        dependency('org.jetbrains.kotlin', 'kotlin-stdlib', versions.compiler),
        dependency('org.jetbrains.kotlinx', 'kotlinx-serialization-json-jvm', versions.serialization),
      ];
      writeFileSync(
        join(draft, 'pom.xml'),
        `<project><modelVersion>4.0.0</modelVersion><groupId>bff</groupId><artifactId>kotlin</artifactId><version>1</version><dependencies>${dependencies.join('')}</dependencies></project>`,
      );
      fetchByMaven(draft, 'copy-dependencies', [`-DoutputDirectory=${join(draft, 'jars')}`]);
      renameSync(join(draft, 'jars'), cache);
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  }
  return readdirSync(cache).map((each) => join(cache, each));
}

interface Played {
  readonly counts: Readonly<Record<string, number>>;
  readonly failed: readonly object[];
}

/** Compiles the client and runs the vectors. @throws {Error} when it does not compile */
function play(jars: readonly string[], sources: string): Played {
  const classes = mkdtempSync(join(tmpdir(), 'kotlin-'));
  const java = (...args: readonly string[]) =>
    spawnSync(javaCommand(), args, { encoding: 'utf8', maxBuffer: 2 ** 28, timeout: 300_000 });
  try {
    const files = readdirSync(sources).filter((each) => each.endsWith('.kt'));
    const compiler = ['-cp', jars.join(delimiter), 'org.jetbrains.kotlin.cli.jvm.K2JVMCompiler'];
    const options = ['-no-stdlib', '-no-reflect', '-Werror', '-cp', jars.join(delimiter), '-d', classes];
    const compiled = java(...compiler, ...options, ...files.map((each) => join(sources, each)));
    if (compiled.status !== 0) throw new Error(compiled.stderr);
    const path = [classes, ...jars].join(delimiter);
    const { stdout, stderr } = java('-cp', path, 'sync.PlayVectorsKt', join(folder, 'vectors'));
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout) as Played;
  } finally {
    rmSync(classes, { recursive: true });
  }
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const copy = mkdtempSync(join(tmpdir(), 'kotlin-client-'));
try {
  requireJava(oldestJava, 'the Kotlin compiler');
  const jars = ensureJars();
  const client = join(folder, 'kotlin');
  const { counts, failed } = play(jars, client);
  for (const [file, count] of Object.entries(counts)) say(`${file}: ${count} checks`);
  for (const each of failed) say(`FAIL  ${JSON.stringify(each)}`);
  if (failed.length > 0) process.exitCode = 1;
  for (const [file, correct, planted] of plantedBugs) {
    cpSync(client, copy, { recursive: true });
    const source = readFileSync(join(copy, file), 'utf8');
    if (!source.includes(correct)) throw new Error(`no "${correct}" in ${file}: update plantedBugs`);
    writeFileSync(join(copy, file), source.replace(correct, planted));
    const found = play(jars, copy).failed.length;
    say(`${found > 0 ? 'ok  ' : 'FAIL'}  planted in ${file}: ${planted}: ${found} checks fail`);
    if (found === 0) process.exitCode = 1;
  }
} catch (error) {
  // A proof that did not run must not pass in CI.
  if (!(error instanceof NotInstalled) || process.env['CI']) throw error;
  say(`prove-kotlin: skipped. ${error.message}`);
} finally {
  rmSync(copy, { recursive: true });
}
