import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';

const root = resolve(import.meta.dirname, '../../..');
const listed = (...patterns: readonly string[]): string[] =>
  execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', ...patterns], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\0')
    .filter((file) => file !== '' && existsSync(join(root, file)))
    .sort();
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** Returns the words that look like names of settings: capitals with underscores. */
const namesIn = (text: string): Set<string> =>
  new Set(text.match(/(?<![\w-])[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+(?![\w(])/g));

const sources = listed('*.ts', '*.mjs', '*.sh', '*.yaml', '*.yml', 'docker/*', '.ci/*').filter(
  (file) => !file.includes('/test/') && file !== 'tools/testbed/manifests/documented-settings.spec.ts',
);
const readBySpecs = listed('*.spec.ts').flatMap((file) =>
  [...read(file).matchAll(/process\.env\['(\w+)'\]/g)].map(([, name = '']) => name),
);
const inSources = new Set([...readBySpecs, ...sources.flatMap((file) => [...namesIn(read(file))])]);
/** Returns whether the name is derived from a service or an app. */
const isDerived = (name: string): boolean =>
  /_SERVICE_(?:URL|PORT)$|_BFF_(?:MANAGEMENT_)?PORT$|^UPSTREAM_(?:CA|CERT|KEY)_FILE$/.test(name);
/** Settings of one family each, which pages about all families mention. A copy may lack that family. */
const ofOneFamily = new Set([
  'DEVICES_PER_ADDRESS',
  'ETAG_KEY_PREVIOUS',
  'REFRESH_GRACE_SECONDS',
  'SAME_SITE',
  'SESSION_ABSOLUTE_SECONDS',
  'SESSION_IDLE_SECONDS',
  'SYNC_BASE_TTL_SECONDS',
]);
/** A setting that a how-to page adds. */
const isAddedByReader = (name: string): boolean => name === 'GREETING_MS';

test.each(listed('*.md').filter((file) => !file.includes('/test/')))(
  'F82 %s mentions only settings that some code reads',
  (file) => {
    const unknown = [...namesIn(read(file))].filter(
      (name) => !inSources.has(name) && !isDerived(name) && !ofOneFamily.has(name) && !isAddedByReader(name),
    );
    expect(unknown).toEqual([]);
  },
);
