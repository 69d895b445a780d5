import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const made = new Set(['node_modules', 'dist', 'coverage']);

/** Deletes the folders of removed projects that contain only installed or built files, which git ignores. */
export function removeLeftovers(root: string): void {
  for (const kind of ['apps', 'libs', 'tools'])
    for (const { name } of readdirSync(join(root, kind), { withFileTypes: true }).filter((each) =>
      each.isDirectory(),
    )) {
      const folder = join(root, kind, name);
      if (readdirSync(folder).every((each) => made.has(each))) rmSync(folder, { recursive: true });
    }
}
