import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Version on PyPI. Raise it together with the figures of its run in `tools/chaos/README.md`. */
const requirement = 'schemathesis==4.32.5';

/**
 * Installs schemathesis into a virtual environment below a folder.
 *
 * @returns path of its command
 * @throws {Error} with one line that names what this machine lacks
 */
export function installSchemathesis(folder: string): string {
  const environment = join(folder, 'venv');
  const made = spawnSync('python3', ['-m', 'venv', environment], { encoding: 'utf8' });
  if (made.error) throw new Error('schemathesis needs Python 3.10 or later, and there is no python3 on PATH');
  if (made.status !== 0)
    throw new Error(`schemathesis needs the venv module of Python (python3-venv): ${lastLine(made.stdout)}`);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', requirement];
  const installed = spawnSync(join(environment, 'bin/python'), pip, { encoding: 'utf8' });
  if (installed.status !== 0)
    throw new Error(`installing ${requirement} from PyPI failed: ${lastLine(installed.stderr)}`);
  return join(environment, 'bin/st');
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
