import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Of projects that are gone, what was built or installed there: git does not know it. */
export function removeLeftovers(root: string): void {
  for (const kind of ['apps', 'libs', 'tools'])
    for (const name of readdirSync(join(root, kind)))
      if (!existsSync(join(root, kind, name, 'package.json'))) rmSync(join(root, kind, name), { recursive: true });
} // prettier-ignore
