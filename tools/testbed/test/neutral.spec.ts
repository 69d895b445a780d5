import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { expect, test } from '@jest/globals';

const root = resolve(import.meta.dirname, '../../..');
/**
 * Adopters must be able to merge releases of these folders without conflicts, so they must not contain words
 * of the example.
 */
const engine = ['libs', 'tools/testbed', 'tools/generators', 'tools/bench', 'tools/chaos'];
/** This file contains the words; `libs/services` is the example. */
const notEngine = [relative(root, import.meta.filename), 'libs/services/'];

/**
 * Services, screens, tenants and users of the example. A `profile` is also a scope of OpenID Connect, a CPU
 * profile and a seccomp profile.
 */
const example =
  /\b(?:(?:user|order|notification)[- ]service|loyalty|orders|notifications?|preferences?|acme|globex|alice|bob|gina|(?<!\b(?:openid|cpu|seccomp)\b.*)profile)s?\b/i;

const isBelow = (prefixes: readonly string[], file: string): boolean =>
  prefixes.some((prefix) => file.startsWith(prefix));
/** Separates the words of an identifier: `loyaltyTier` and `LOYALTY_TIER` contain no word boundaries. */
const words = (text: string): string => text.replaceAll('_', ' ').replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, ' ');
const mentionsExample = (text: string): boolean => example.test(words(text));

const filesIn = (folders: readonly string[]): readonly string[] =>
  execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', ...folders], {
    cwd: root,
    encoding: 'utf8',
  })
    .split('\0')
    .filter((file) => file !== '' && existsSync(join(root, file)));

const mentionsIn = (files: readonly string[], mentions: (text: string) => boolean): readonly string[] =>
  files.flatMap((file) => [
    ...(mentions(file) ? [`${file}: the file name`] : []),
    ...readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, index) => (mentions(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  ]);

test('no file of the engine names a service, screen, user or tenant of the example', () => {
  const files = filesIn(engine).filter((file) => !isBelow(notEngine, file));
  expect(files.length).toBeGreaterThan(300);
  expect(mentionsIn(files, mentionsExample)).toEqual([]);
});

/**
 * Adopting renames users and tenants in the files it keeps, but screens and services of the example are
 * removed.
 */
const renamed = /\b(?:acme|globex|alice|bob|gina)\b/gi;
const mentionsLost = (text: string): boolean => mentionsExample(words(text).replaceAll(renamed, ''));

test('the app tests that remain after adopting name no screen and no service of the example', () => {
  // Adopting removes the first two, and rewrites the third.
  const files = filesIn(['apps/*/test/**']).filter(
    (file) => !/\/test\/(?:example\/|bench\/|screens\/id-of\.ts)/.test(file),
  );
  expect(files.length).toBeGreaterThan(40);
  expect(mentionsIn(files, mentionsLost)).toEqual([]);
});

test.each([
  "audience: 'order-service'",
  'new OrderServiceClient()',
  'ORDER_SERVICE_URL',
  'user service',
  'loyaltyTier',
  'loyalty_tier',
  'unread_notifications',
  '/v1/orders?limit=5',
  'interface MobileProfile',
  "it('saves preferences')",
  "'{acme}:session'",
  'Globex',
  'alice@t1.example',
  "profile of 'openid'",
])('the word list finds the example in %s', (line) => {
  expect(mentionsExample(line)).toBe(true);
});

test.each([
  "scope: 'openid profile email'",
  'cpuProfile.nodes',
  'seccompProfile: RuntimeDefault',
  'malice',
  'originalUrl',
  'recorders',
  'sorted in the order of arrival',
  'the user of a service',
  'profiler',
])('the word list finds no example in %s', (line) => {
  expect(mentionsExample(line)).toBe(false);
});
