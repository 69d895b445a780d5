import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { expect, test } from '@jest/globals';

const root = resolve(import.meta.dirname, '../../..');
/** An adopter merges releases of these folders without a conflict, so they must not depend on the example's domain. */
const engine = ['libs', 'tools/testbed', 'tools/generators', 'tools/bench', 'tools/chaos'];
/** This file contains the words; `libs/services` is the example. */
const notEngine = [relative(root, import.meta.filename), 'libs/services/'];

/**
 * Services, screens, tenants and users of the example. A `profile` is also a scope of OpenID Connect, a CPU profile and
 * a seccomp profile.
 */
const example =
  /\b(?:(?:user|order|notification)[- ]service|loyalty|orders|notifications?|preferences?|acme|globex|alice|bob|gina|(?<!\b(?:openid|cpu|seccomp)\b.*)profile)s?\b/i;

const isBelow = (prefixes: readonly string[], file: string): boolean =>
  prefixes.some((prefix) => file.startsWith(prefix));
/** Separates the words of an identifier: `loyaltyTier` and `LOYALTY_TIER` have no word boundary inside. */
const words = (text: string): string => text.replaceAll('_', ' ').replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, ' ');
const mentionsExample = (text: string): boolean => example.test(words(text));

const files = execFileSync(
  'git',
  ['ls-files', '-z', '--cached', '--others', '--exclude-standard', ...engine],
  {
    cwd: root,
    encoding: 'utf8',
  },
)
  .split('\0')
  .filter((file) => file !== '' && !isBelow(notEngine, file) && existsSync(join(root, file)));

const mentions = files.flatMap((file) => [
  ...(mentionsExample(file) ? [`${file}: the file name`] : []),
  ...readFileSync(join(root, file), 'utf8')
    .split('\n')
    .flatMap((line, index) => (mentionsExample(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
]);

test('the engine mentions the example nowhere', () => {
  expect(files.length).toBeGreaterThan(300);
  expect(mentions).toEqual([]);
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
])('the word list finds nothing of the example in %s', (line) => {
  expect(mentionsExample(line)).toBe(false);
});
