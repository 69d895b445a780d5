import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { inputsOf } from '../src/source/inputs.ts';
import { registeredServices } from '../src/workspace/registry.ts';
import { copyWorkspace, type WorkspaceCopy } from './workspace-copy.ts';

/** Three times the duration on two idle cores, for busy machines. */
jest.setTimeout(600_000);

/** All apps of the workspace. */
const apps = readdirSync(resolve(import.meta.dirname, '../../../apps'));
const [app = ''] = apps;
const all = [...apps, 'exhibit-bff'];

/** A copy of the workspace; the added names differ from those of the tutorial. */
let copy: WorkspaceCopy;
let said: string;
beforeAll(async () => {
  copy = copyWorkspace();
  const generate = (...args: string[]) => copy.run('node_modules/.bin/nx', ['g', ...args, '--allow-dirty']);
  const reads = (await registeredServices(resolve(import.meta.dirname, '../../..')))
    .flatMap(({ operations }) => Object.values(operations))
    .filter((each) => each.method === 'GET' && inputsOf(each).fromPath.length === 0)
    .map(({ service, name }) => `${service}.${name}`);
  const sources = [...reads.slice(0, 2), 'specimen.listParcels'].join(',');
  said = generate(
    '@bff/tools:service',
    'specimen',
    `--openapi=${resolve(import.meta.dirname, 'data/parcel.yaml')}`,
  );
  for (const each of apps)
    generate(
      '@bff/tools:screen',
      'specimens',
      `--app=${each}`,
      `--sources=${sources}`,
      '--scopes=specimens:read',
    );
  for (const each of apps.slice(-2))
    generate(
      '@bff/tools:write',
      'redirect-specimen',
      `--app=${each}`,
      '--call=specimen.redirectParcel',
      '--scopes=specimens:write',
    );
  generate(
    '@bff/tools:write',
    'remove-redirect',
    `--app=${app}`,
    '--call=specimen.deleteRedirect',
    '--path=/specimens/{id}/redirect',
    '--scopes=specimens:write',
  );
  generate('@bff/tools:bff', 'exhibit-bff', `--like=${apps.at(-2) ?? app}`, '--port=3999');
  generate('@bff/tools:bff', 'annex-bff', `--like=${apps.at(-1)}`, '--port=3998');
  generate('@bff/tools:remove-bff', 'annex-bff');
});
afterAll(() => copy?.remove());

const config = ['--config', '../../tools/testbed/jest/config.mjs', '--rootDir', '.'];

test('generating a service changes three files of libs/services: the service, the registry and the screen names', () => {
  expect(said).toContain('skipped: GET /parcels/{id}/label: its answer is application/pdf');
  const ofServices = copy.changed().filter((file) => /^libs\/services\/.*\.ts$/.test(file));
  expect(ofServices.toSorted()).toEqual([
    'libs/services/src/index.ts',
    'libs/services/src/screen-names.ts',
    'libs/services/src/specimen.ts',
  ]);
});

test('all derived files are up to date after generating', () => {
  expect(copy.run('node_modules/.bin/nx', ['sync:check'])).toContain('All files are up to date');
});

test('no file mentions a BFF that was generated and removed again', () => {
  const changed = copy.changed().filter((file) => existsSync(join(copy.folder, file)));
  const naming = changed.filter((file) =>
    /annex/i.test(file + readFileSync(join(copy.folder, file), 'utf8')),
  );
  expect(naming).toEqual([]);
});

test('nx sync:check names a stale file without changing it, and nx sync writes it', () => {
  const page = join(copy.folder, 'docs/reference/README.md');
  const text = readFileSync(page, 'utf8');
  writeFileSync(page, 'stale');
  expect(() => copy.run('node_modules/.bin/nx', ['sync:check'])).toThrow(
    /\[@bff\/tools:derive\]: Derived files are stale\.\n- docs\/reference\/README\.md\n\n.*`nx sync`/,
  );
  expect(readFileSync(page, 'utf8')).toBe('stale');
  copy.run('node_modules/.bin/nx', ['sync']);
  expect(readFileSync(page, 'utf8')).toBe(text);
});

test('a contract that breaks clients is written only with --accept-breaking', () => {
  const contract = join(copy.folder, 'apps/exhibit-bff/openapi.json');
  const text = readFileSync(contract, 'utf8');
  const published = JSON.parse(text);
  published.paths['/withdrawn'] = { get: { responses: { 200: { description: 'A specimen' } } } };
  writeFileSync(contract, JSON.stringify(published));
  expect(() => copy.run('node_modules/.bin/nx', ['sync'])).toThrow(
    /clients would break; if this is meant, run npx nx g @bff\/tools:derive --accept-breaking\n.*apps\/exhibit-bff\/openapi\.json:\n.*\/withdrawn/,
  );
  expect(readFileSync(contract, 'utf8')).toContain('/withdrawn');
  copy.run('node_modules/.bin/nx', ['g', '@bff/tools:derive', '--accept-breaking']);
  expect(readFileSync(contract, 'utf8')).toBe(text);
});

test('generated files are formatted and pass lint', () => {
  const changed = copy.changed();
  expect(changed).toEqual(
    expect.arrayContaining([
      ...apps.map((each) => `apps/${each}/src/screens/specimens.ts`),
      `apps/${app}/src/screens/remove-redirect.ts`,
      'apps/exhibit-bff/src/screens/redirect-specimen.ts',
    ]),
  );
  copy.run('node_modules/.bin/prettier', ['--check', '--ignore-unknown', ...changed]);
  copy.run('node_modules/.bin/eslint', [
    '--max-warnings=0',
    ...changed.filter((file) => file.endsWith('.ts')),
  ]);
});

test('generated files type-check with the workspace', () => {
  copy.run('node_modules/typescript-7/bin/tsc', ['--build', ...all.map((each) => `apps/${each}`)]);
});

test.each<[project: string, wanted: string[]]>([
  ['libs/services', ['registry', 'resilience-page']],
  ...apps.map((each): [string, string[]] => [`apps/${each}`, ['openapi']]),
  ...apps
    .filter((each) =>
      existsSync(resolve(import.meta.dirname, `../../../apps/${each}/test/screens/budgets.spec.ts`)),
    )
    .map((each): [string, string[]] => [`apps/${each}`, ['budgets', '--testNamePattern=specimens']]),
  ['apps/exhibit-bff', ['test/login/session', 'test/access/access-token', 'openapi']],
])('the tests of %s pass after generating: %j', (project, wanted) => {
  expect(copy.run('node_modules/.bin/jest', [...config, ...wanted], project)).toMatch(
    /^Tests: .*\d+ passed/m,
  );
});

test.each(all)('%s builds after generating', (each) => {
  copy.run('tools/testbed/src/build.ts', [each], `apps/${each}`);
});
