import { spawnSync } from 'node:child_process';

export interface EnsureCommand {
  /** What is missing, as the messages call it. */
  readonly name: string;
  readonly isThere: () => boolean;
  /** Package manager -> what it is told. */
  readonly installers: Readonly<Record<string, string>>;
  /** Where to get it and what to run then. */
  readonly otherwise: string;
}

export const onPath = (command: string): boolean =>
  spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;

/** What tests need of the machine: found, else installed with the system's package manager, else a clear message and exit 1. */
export function ensureCommand({ name, isThere, installers, otherwise }: EnsureCommand): void {
  if (isThere()) return;
  const [manager, script] = Object.entries(installers).find(([each]) => onPath(each)) ?? [];
  if (manager !== undefined && script !== undefined) {
    const privileged = manager === 'brew' || process.getuid?.() === 0 ? script : `sudo -n sh -c '${script}'`;
    process.stdout.write(`${name} is not on PATH; installing it with ${manager}\n`);
    // Output is shown only when it fails: an installation prints pages that worry a newcomer.
    const { status, stdout, stderr } = spawnSync('sh', ['-c', privileged], { encoding: 'utf8' });
    if (status !== 0) process.stderr.write(`${stdout}${stderr}`);
    if (isThere()) return;
  }
  process.stderr.write(`The tests need ${name} and none could be installed.\n${otherwise}\n`);
  process.exit(1);
}

export const aptGet = (packages: string): string =>
  `apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ${packages}`;
