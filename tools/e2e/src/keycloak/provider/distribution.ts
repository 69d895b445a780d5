import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { onPath } from '@bff/testbed';

export const keycloakVersion = '26.7.3';
const sha256 = '27a6535553c3cdcd083872ba40629efafb3475e3b758e0c6f691395561dd0f1f';
const oldestJava = 17;
const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';
const artifact = { group: 'org.keycloak', name: 'keycloak-quarkus-dist' };

/** Thrown when this machine cannot run Keycloak; the message is one line that names what is missing. */
export class NoKeycloak extends Error {
  override readonly name = 'NoKeycloak';
}

const cacheFolder = (): string =>
  join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'bff', `keycloak-${keycloakVersion}`);

/**
 * Returns the folder of an unpacked Keycloak: `KEYCLOAK_HOME`, the cache folder of this user, or a download
 * from Maven Central by Maven, which uses the mirrors and proxies configured on this machine.
 *
 * @throws {NoKeycloak}
 */
export function ensureKeycloak(): string {
  requireJava();
  const given = process.env['KEYCLOAK_HOME'];
  if (given) return given;
  const cache = cacheFolder();
  if (!existsSync(cache)) unpackInto(cache);
  return cache;
}

/** Returns the java of `JAVA_HOME`, else the one on PATH. */
export const javaCommand = (): string =>
  process.env['JAVA_HOME'] ? join(process.env['JAVA_HOME'], 'bin/java') : 'java';

function requireJava(): void {
  const { stderr } = spawnSync(javaCommand(), ['-version'], { encoding: 'utf8' });
  const found = Number(/version "(\d+)/.exec(stderr ?? '')?.[1]);
  if (!(found >= oldestJava))
    throw new NoKeycloak(
      `Keycloak ${keycloakVersion} needs Java ${oldestJava} or later in JAVA_HOME or on PATH: found ${found || 'none'}`,
    );
}

function unpackInto(cache: string): void {
  if (!onPath('mvn'))
    throw new NoKeycloak(
      `no Keycloak ${keycloakVersion} in KEYCLOAK_HOME or ${cache}, and no Maven (mvn) on PATH to fetch it with`,
    );
  const parent = join(cache, '..');
  mkdirSync(parent, { recursive: true });
  const draft = mkdtempSync(join(parent, 'unpacking-'));
  try {
    process.stdout.write(`fetching Keycloak ${keycloakVersion} (177 MB) from Maven Central into ${cache}\n`);
    const zip = `${artifact.group}:${artifact.name}:${keycloakVersion}:zip`;
    maven(draft, 'copy', [`-Dartifact=${zip}`, `-DoutputDirectory=${draft}`]);
    checkDigest(join(draft, `${artifact.name}-${keycloakVersion}.zip`));
    maven(draft, 'unpack', [
      `-Dartifact=${zip}`,
      `-DoutputDirectory=${draft}`,
      `-DmarkersDirectory=${draft}/markers`,
    ]);
    renameSync(join(draft, `keycloak-${keycloakVersion}`), cache);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function maven(cwd: string, goal: string, settings: readonly string[]): void {
  const args = ['-q', '-B', `${plugin}:${goal}`, ...settings];
  const { status, stdout, stderr } = spawnSync('mvn', args, { cwd, encoding: 'utf8', timeout: 600_000 });
  if (status !== 0) throw new NoKeycloak(`Maven could not download Keycloak: ${lastLine(stdout + stderr)}`);
}

const lastLine = (text: string): string =>
  text
    .split('\n')
    .find((line) => line.includes('ERROR'))
    ?.slice(0, 300) ?? 'no error was printed';

function checkDigest(file: string): void {
  const found = createHash('sha256').update(readFileSync(file)).digest('hex');
  if (found !== sha256) throw new NoKeycloak(`${file} has the SHA-256 ${found}, not ${sha256}`);
}
