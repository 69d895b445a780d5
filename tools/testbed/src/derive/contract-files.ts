import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { formatted } from '../formatted.ts';
import { clientTypes } from '../openapi/openapi-client-types.ts';
import { breakingChanges } from '../openapi/openapi-compatibility.ts';
import { referencePage } from './reference-page.ts';
import type { DerivedFile } from './derived-file.ts';
import type { Facts } from './facts.ts';

/** Changes of an app's contract that would break a client of the committed one. */
export interface Break {
  readonly app: string;
  readonly changes: readonly string[];
}

/** Compares the contract of every app with its committed document. */
export function breaksOf(root: string, { apps }: Facts): readonly Break[] {
  return apps.flatMap(({ name, document }) => {
    const snapshot = resolve(root, `apps/${name}/openapi.json`);
    if (!existsSync(snapshot)) return [];
    const changes = breakingChanges(JSON.parse(readFileSync(snapshot, 'utf8')), document);
    return changes.length > 0 ? [{ app: name, changes }] : [];
  });
}

/** The document of every app, the types of its client, and the reference of all. */
export async function contractFiles({ apps }: Facts): Promise<readonly DerivedFile[]> {
  const files: DerivedFile[] = [];
  for (const { name, document } of apps) {
    const text = `${JSON.stringify(document, undefined, 2)}\n`;
    files.push({ file: `apps/${name}/openapi.json`, text: await formatted(text, 'json') });
    files.push({ file: `apps/${name}/client/schema.ts`, text: await clientTypes(text) });
  }
  return [...files, { file: 'docs/reference/README.md', text: await referencePage(apps) }];
}
