import { spawnSync } from 'node:child_process';

export interface EnsureCommand {
  /** Name of the command in messages. */
  readonly name: string;
  readonly isThere: () => boolean;
  /** Shell command that installs the command, by package manager. */
  readonly installers: Readonly<Record<string, string>>;
  /** Instructions for a system without an installer: where to get the command, and how to continue. */
  readonly otherwise: string;
}

export const onPath = (command: string): boolean =>
  spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;

/**
 * Ensures that a command exists: finds it, installs it with the system's package manager, or exits with 1 and
 * a message.
 */
export function ensureCommand({ name, isThere, installers, otherwise }: EnsureCommand): void {
  if (isThere()) return;
  const [manager, script] = Object.entries(installers).find(([each]) => onPath(each)) ?? [];
  if (manager !== undefined && script !== undefined) {
    const privileged = manager === 'brew' || process.getuid?.() === 0 ? script : `sudo -n sh -c '${script}'`;
    process.stdout.write(`${name} is not on PATH; installing it with ${manager}\n`);
    // Output is shown only on failure: the long output of an installation worries newcomers.
    const { status, stdout, stderr } = spawnSync('sh', ['-c', privileged], { encoding: 'utf8' });
    if (status !== 0) process.stderr.write(`${stdout}${stderr}`);
    if (isThere()) return;
  }
  process.stderr.write(`The tests need ${name} and none could be installed.\n${otherwise}\n`);
  process.exit(1);
}

export const aptGet = (packages: string): string =>
  `apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ${packages}`;
