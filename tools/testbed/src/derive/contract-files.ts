import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { formatted } from '../formatted.ts';
import { clientTypes } from '../openapi/openapi-client-types.ts';
import { breakingChanges } from '../openapi/openapi-compatibility.ts';
import { DeriveError } from './derive-error.ts';
import { referencePage } from './reference-page.ts';
import type { DerivedFile } from './derived-file.ts';
import type { Facts } from './facts.ts';

/**
 * Compares the contract of every app with its committed document.
 *
 * @throws {DeriveError} when a change would break a client of the committed document
 */
export function checkContracts(root: string, { apps }: Facts): void {
  const breaks = apps.flatMap(({ name, document }) => {
    const snapshot = resolve(root, `apps/${name}/openapi.json`);
    if (!existsSync(snapshot)) return [];
    const changes = breakingChanges(JSON.parse(readFileSync(snapshot, 'utf8')), document);
    return changes.length > 0 ? [[`apps/${name}/openapi.json:`, ...changes].join('\n  ')] : [];
  });
  if (breaks.length > 0)
    throw new DeriveError(
      `clients would break; if this is meant, run npx nx g @bff/tools:derive --accept-breaking\n${breaks.join('\n')}`,
    );
}

/** Returns the document of every app, the types of its client if it has one, and the common reference. */
export async function contractFiles(root: string, { apps }: Facts): Promise<readonly DerivedFile[]> {
  const files: DerivedFile[] = [];
  for (const { name, document } of apps) {
    const text = `${JSON.stringify(document, undefined, 2)}\n`;
    files.push({ file: `apps/${name}/openapi.json`, text: await formatted(text, 'json') });
    // An app without this file has no typed client, so it needs no types.
    if (existsSync(resolve(root, `apps/${name}/client/index.ts`)))
      files.push({ file: `apps/${name}/client/schema.ts`, text: await clientTypes(text) });
  }
  return [...files, { file: 'docs/reference/README.md', text: await referencePage(apps) }];
}
