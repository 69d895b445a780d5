import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { copyWorkspace, type WorkspaceCopy } from './workspace-copy.ts';

/** Half of this on two idle cores; the rest is for machines that have other work. */
jest.setTimeout(300_000);

/** The copy has what the reader of these lines has made: these are names that nobody takes. */
let copy: WorkspaceCopy;
beforeAll(() => {
  copy = copyWorkspace();
  const openapi = resolve(import.meta.dirname, 'data/parcel.yaml');
  const generate = (...args: string[]) => copy.run('node_modules/.bin/nx', ['g', ...args]);
  const told = generate('@bff/tools:upstream', 'specimen', `--openapi=${openapi}`);
  expect(told).toContain('passed over: DELETE /parcels/{id}/redirect');
  const more = '--allow-dirty';
  generate('@bff/tools:screen', 'specimens', '--app=web-bff', '--sources=user.profile,specimen.listParcels', more); // prettier-ignore
  generate('@bff/tools:screen', 'specimenlists', '--app=mobile-bff', '--sources=user.preferences,order.recent,specimen.listParcels', more); // prettier-ignore
  generate('@bff/tools:bff', 'exhibit-bff', '--like=mobile-bff', '--port=3999', more);
});
afterAll(() => copy?.remove());

const config = ['--config', '../../tools/testbed/jest/config.mjs', '--rootDir', '.'];

test('is formatted and linted', () => {
  const changed = copy.changed();
  expect(changed).toEqual(
    expect.arrayContaining([
      'libs/upstream-clients/src/specimen-client.ts',
      'apps/web-bff/src/screens/specimens.ts',
      'apps/mobile-bff/src/screens/specimenlists.ts',
    ]),
  );
  copy.run('node_modules/.bin/prettier', ['--check', '--ignore-unknown', ...changed]);
  copy.run('node_modules/.bin/eslint', [
    '--max-warnings=0',
    ...changed.filter((file) => file.endsWith('.ts')),
  ]);
});

test('fits the types of the whole workspace', () => {
  copy.run('node_modules/typescript-7/bin/tsc', [
    '--build',
    'apps/web-bff',
    'apps/mobile-bff',
    'apps/partner-bff',
    'tools/bench',
  ]);
});

test.each([
  ['libs/upstream-clients', ['specimen-client', 'public-surface', 'upstream-settings', 'resilience-page']],
  ['tools/demo-services', ['specimen-service', 'public-surface']],
  ['libs/tenancy', ['tenant-directory']],
  ['tools/testbed', ['reference']],
  ['apps/web-bff', ['test/specimens', 'openapi']],
  ['apps/web-bff', ['every-screen', '--testNamePattern=/api/specimens']],
  ['apps/exhibit-bff', ['test/home', 'test/specimenlists', 'openapi']],
  ['apps/mobile-bff', ['test/specimenlists', 'openapi']],
  ['apps/mobile-bff', ['every-screen', 'budgets', '--testNamePattern=specimenlists']],
])('passes the tests of %s: %j', (project, wanted) => {
  expect(copy.run('node_modules/.bin/jest', [...config, ...wanted], project)).toMatch(
    /^Tests: .*\d+ passed/m,
  );
});

test('builds', () => {
  for (const app of ['web-bff', 'mobile-bff', 'exhibit-bff'])
    copy.run('tools/testbed/src/build.ts', [app], `apps/${app}`);
});
