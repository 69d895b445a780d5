import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const parcelDocument = readFileSync(resolve(import.meta.dirname, 'data/parcel.yaml'), 'utf8');

/** Creates a folder for the documents of one test file. */
export function documentFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'documents-'));
  return {
    folder,
    /** Writes a document, and returns its path. */
    file(name: string, document: string | object): string {
      const path = join(folder, name);
      writeFileSync(path, typeof document === 'string' ? document : JSON.stringify(document));
      return path;
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
