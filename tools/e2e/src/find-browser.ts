import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * The path of the first Chromium or Chrome on `path`, a name before a folder: `chromium` anywhere is preferred to
 * `google-chrome`. Relative entries are passed over: what is started must not depend on the folder one is in.
 * @param path folders as in PATH. Default: that of this process
 */
export function findBrowser(path = process.env['PATH'] ?? ''): string | undefined {
  const folders = path.split(delimiter).filter(isAbsolute);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
