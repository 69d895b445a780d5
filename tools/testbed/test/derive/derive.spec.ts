import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { repository } from '../../src/apps.ts';
import { deriveTree, staleFiles } from '../../src/derive/derive-tree.ts';
import { createFixture, type Fixture } from './derived-fixture.ts';

/** Returns the files that name a service, except the registry itself. */
const filesNaming = (fixture: Fixture, name: string): string[] =>
  Object.entries(fixture.tree())
    .filter(([file, text]) => !file.startsWith('libs/services/src/') && text.toLowerCase().includes(name))
    .map(([file]) => file);

/** Returns a fixture with these services and its derived files. */
async function derived(services: Readonly<Record<string, number>>): Promise<Fixture> {
  const fixture = createFixture();
  for (const [name, port] of Object.entries(services)) fixture.addService(name, port);
  await deriveTree(fixture.root);
  return fixture;
}

const twoServices = { thing: 8090, widget: 8091 };
const namedEverywhere = [
  'apps/one-bff/deploy/base/network-policy-upstreams.yaml',
  'apps/one-bff/deploy/base/settings.env',
  'docker/compose.yaml',
  'docker/kubernetes/components/signing-keys/network-policy.yaml',
  'docs/resilience.md',
  'libs/services/README.md',
];

describe('after adding a service to the registry', () => {
  test('after adding a service to the registry, every derived file contains the service and stays formatted', async () => {
    using fixture = await derived({ ...twoServices, 'big-gadget': 9000 });
    expect(filesNaming(fixture, 'widget')).toEqual(namedEverywhere);
    const { services, 'x-settings': settings } = parse(fixture.read('docker/compose.yaml'), { merge: true });
    expect(settings).toMatchObject({
      BIG_GADGET_SERVICE_URL: 'http://demo-services:9000',
      THING_SERVICE_URL: 'http://demo-services:8090',
      WIDGET_SERVICE_URL: 'http://demo-services:8091',
    });
    expect(services['demo-services'].ports).toEqual(['127.0.0.1:8090-8091:8090-8091', '127.0.0.1:9000:9000']);
    expect(services['demo-services'].healthcheck.test.at(-1)).toContain('[9000, 8090, 8091]');
    expect(fixture.read('docker/Dockerfile')).toContain('\nEXPOSE 8090 8091 9000\n');
    expect(fixture.read('apps/one-bff/deploy/base/settings.env')).toContain(
      'BIG_GADGET_SERVICE_URL=http://big-gadget-service.services.svc:9000\nTHING_SERVICE_URL=',
    );
    const rules = parse(fixture.read('apps/one-bff/deploy/base/network-policy-upstreams.yaml')).spec.egress;
    expect(JSON.stringify(rules[0])).toContain('big-gadget-service');
    expect(rules.map((rule: { ports: object }) => rule.ports)).toEqual(
      [9000, 8090, 8091].map((port) => [{ port, protocol: 'TCP' }]),
    );
    expect(fixture.read('docs/resilience.md')).toMatch(/\| `big-gadget.byId` +\| 2000 +\| 5 /);
    expect(fixture.read('libs/services/README.md')).toMatch(
      /\| `widget` +\| `byId` +\| `GET \/widgets\/\{id\}` +\|/,
    );
    execFileSync(
      join(repository, 'node_modules/.bin/prettier'),
      [
        '--check',
        '--ignore-path',
        '/dev/null',
        'docker',
        'docs',
        'libs',
        'apps/*/{deploy,client,openapi.json}',
      ],
      {
        cwd: fixture.root,
        env: { ...process.env, NODE_OPTIONS: '' },
      },
    );
  }, 60_000);

  test('the derived files are the same for any order in which ten services are added', async () => {
    const ten = Array.from(
      { length: 10 },
      (_, index) => [`thing-${'abcdefghij'[index]}`, 8080 + index] as const,
    );
    using fixture = await derived(Object.fromEntries(ten));
    using other = createFixture();
    for (const [name, port] of ten.toReversed()) {
      other.addService(name, port);
      await deriveTree(other.root);
    }
    const registry = 'libs/services/src/index.ts';
    expect({ ...other.tree(), [registry]: '' }).toEqual({ ...fixture.tree(), [registry]: '' });
  }, 120_000);

  test('a second run of derive changes nothing', async () => {
    using fixture = await derived(twoServices);
    const before = fixture.tree();
    expect(await deriveTree(fixture.root)).toEqual([]);
    expect(fixture.tree()).toEqual(before);
  }, 60_000);
});

test('a service that is removed from the registry disappears from every derived file', async () => {
  using fixture = await derived(twoServices);
  using other = await derived({ thing: 8090 });
  fixture.removeService('widget');
  await deriveTree(fixture.root);
  expect(fixture.tree()).toEqual(other.tree());
  expect(filesNaming(fixture, 'widget')).toEqual([]);
}, 60_000);

test('staleFiles returns every stale file without writing it', async () => {
  using fixture = await derived(twoServices);
  fixture.addService('gadget', 8092);
  const before = fixture.tree();
  const stale = await staleFiles(fixture.root);
  expect(stale.map(({ file }) => file)).toEqual([...namedEverywhere, 'docker/Dockerfile'].sort());
  expect(fixture.tree()).toEqual(before);
}, 60_000);

test('the screen names are the sorted names from the tables of all apps', async () => {
  using fixture = await derived({ thing: 8090 });
  expect(fixture.read('libs/services/src/screen-names.ts')).toContain(
    "export const screenNames = ['detail', 'start'] as const;\n",
  );
}, 60_000);

test('the derived Dockerfile exposes the ports in the settings of every app', async () => {
  using fixture = await derived({ thing: 8090 });
  expect(fixture.read('docker/Dockerfile')).toContain(
    '\nFROM bff AS one-bff\nENV PORT=3000 MANAGEMENT_PORT=9100\nEXPOSE 3000 9100\n# end of apps\n',
  );
}, 60_000);

test('the derived table of settings has a row for each setting of all apps', async () => {
  using fixture = await derived({ thing: 8090 });
  expect(fixture.read('docs/operations.md')).toMatch(/\| `A` +\| `1` +\| all +\| a number +\|/);
}, 60_000);

describe('nothing is written', () => {
  const marker = '# services: written by nx sync';
  const end = '# end of services';
  test.each<[circumstance: string, change: (fixture: Fixture) => void, message: string | RegExp]>([
    [
      'when a marker is missing',
      (fixture) =>
        fixture.write('docker/compose.yaml', fixture.read('docker/compose.yaml').replace(marker, '')),
      `docker/compose.yaml: the marker "${marker}" is missing`,
    ],
    [
      'when the marker of the end is missing',
      (fixture) => fixture.write('docker/Dockerfile', `${marker}\n`),
      `docker/Dockerfile: the marker "${end}" is missing`,
    ],
    [
      'when a marker occurs twice',
      (fixture) => fixture.write('docker/Dockerfile', `${marker}\n${marker}\n${end}\n`),
      `docker/Dockerfile: the marker "${marker}" occurs 2 times`,
    ],
    [
      'when the markers are in the wrong order',
      (fixture) => fixture.write('docker/Dockerfile', `${end}\n${marker}\n`),
      `docker/Dockerfile: the marker "${end}" comes before "${marker}"`,
    ],
    [
      'when two services have the same port',
      (fixture) => fixture.addService('gadget', 8090),
      'service "gadget" and service "thing" have the same development port 8090; change an address',
    ],
    [
      'when a service has the port of an app',
      (fixture) => fixture.addService('gadget', 3000),
      'app "one-bff" and service "gadget" have the same development port 3000; change an address',
    ],
    [
      'when no service is registered',
      (fixture) => fixture.removeService('thing'),
      'libs/services/src/index.ts: no service is registered; add the line of one',
    ],
    [
      'when the registry does not load',
      (fixture) => fixture.write('libs/services/src/index.ts', 'export { thing } from "./none.ts";\n'),
      /^libs\/services\/src\/index.ts: Cannot find module .*none.ts/,
    ],
    [
      'when an app does not load',
      (fixture) =>
        fixture.write('apps/one-bff/src/screens.ts', 'throw new TypeError("two screens of one name");\n'),
      'apps/one-bff/src/screens.ts: two screens of one name',
    ],
  ])(
    'derive writes nothing and gives the reason in one line %s',
    async (_, change, message) => {
      using fixture = await derived({ thing: 8090 });
      change(fixture);
      const before = fixture.tree();
      await expect(deriveTree(fixture.root)).rejects.toThrow(message);
      expect(fixture.tree()).toEqual(before);
    },
    60_000,
  );
});

test('a contract that breaks clients is rejected unless acceptBreaking is set', async () => {
  using fixture = await derived({ thing: 8090 });
  const contract = (paths: object): string =>
    `export const openApiDocument = () => (${JSON.stringify({ openapi: '3.1.0', info: { title: 'One', version: '1.0.0' }, paths })});\n`;
  const operation = { get: { responses: { 200: { description: 'A thing' } } } };
  fixture.write('apps/one-bff/src/contract/openapi.ts', contract({ '/things': operation }));
  await deriveTree(fixture.root);
  fixture.write('apps/one-bff/src/contract/openapi.ts', contract({}));
  const before = fixture.tree();
  await expect(deriveTree(fixture.root)).rejects.toThrow(
    /^clients would break; .*--accept-breaking\napps\/one-bff\/openapi\.json:\n {2}.*\/things/,
  );
  expect(fixture.tree()).toEqual(before);
  await deriveTree(fixture.root, { acceptBreaking: true });
  expect(fixture.read('apps/one-bff/openapi.json')).not.toContain('/things');
}, 60_000);
