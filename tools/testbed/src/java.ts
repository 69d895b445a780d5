import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { onPath } from './ensure-command.ts';

/** Thrown when this machine lacks something that a proof needs; the message is one line that names it. */
export class NotInstalled extends Error {
  override readonly name = 'NotInstalled';
}

const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';

/** Returns the `java` command of `JAVA_HOME`, else the one on PATH. */
export const javaCommand = (): string =>
  process.env['JAVA_HOME'] ? join(process.env['JAVA_HOME'], 'bin/java') : 'java';

/**
 * Checks the version of Java.
 * @param user what needs Java, for the message
 * @throws {NotInstalled} when Java is older or missing
 */
export function requireJava(oldest: number, user: string): void {
  const { stderr } = spawnSync(javaCommand(), ['-version'], { encoding: 'utf8' });
  const found = Number(/version "(\d+)/.exec(stderr ?? '')?.[1]);
  if (!(found >= oldest))
    throw new NotInstalled(
      `${user} needs Java ${oldest} or later in JAVA_HOME or on PATH: found ${found || 'none'}`,
    );
}

/**
 * Runs a goal of Maven's dependency plugin, which downloads from Maven Central through the mirrors
 * and proxies configured on this machine.
 * @throws {NotInstalled} when Maven is missing or the download fails
 */
export function fetchByMaven(cwd: string, goal: string, settings: readonly string[]): void {
  if (!onPath('mvn')) throw new NotInstalled('Maven (mvn) is not on PATH: install it and run this again');
  const args = ['-q', '-B', `${plugin}:${goal}`, ...settings];
  const { status, stdout, stderr } = spawnSync('mvn', args, { cwd, encoding: 'utf8', timeout: 600_000 });
  if (status !== 0)
    throw new NotInstalled(
      `Maven could not download; check its mirrors and proxies: ${firstError(stdout + stderr)}`,
    );
}

const firstError = (text: string): string =>
  text
    .split('\n')
    .find((line) => line.includes('ERROR'))
    ?.slice(0, 300) ?? 'no error was printed';
