import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { apps } from '../src/apps.ts';

const root = resolve(import.meta.dirname, '../../..');
const under = (folder: string): string[] =>
  readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
const libs = under('libs').map((folder) => folder.slice('libs/'.length));

/** The import rules of this repository, which the boundary lint must enforce. */
const mayUse: Readonly<Record<string, readonly string[]>> = {
  'service-kit': [],
  tenancy: ['service-kit'],
  'auth-delegation': ['service-kit', 'tenancy'],
  'upstream-clients': ['service-kit'],
  aggregation: ['service-kit'],
  screens: ['aggregation', 'auth-delegation', 'service-kit', 'shaping', 'tenancy', 'upstream-clients'],
  'agent-tools': [
    'auth-delegation',
    'diff-sync',
    'screens',
    'service-kit',
    'shaping',
    'tenancy',
    'upstream-clients',
  ],
  services: ['upstream-clients'],
  shaping: ['service-kit'],
  'diff-sync': ['service-kit', 'tenancy'],
};
/** The project with the wrapper module of each dependency. */
const wrappers: Readonly<Record<string, string | readonly string[]>> = {
  axios: 'upstream-clients',
  opossum: 'upstream-clients',
  undici: ['upstream-clients', 'auth-delegation'],
  ioredis: 'service-kit',
  pino: 'service-kit',
  'prom-client': 'service-kit',
  jsonwebtoken: 'auth-delegation',
  jose: 'auth-delegation',
  'openid-client': 'auth-delegation',
  compression: 'shaping',
  helmet: 'shaping',
  '@modelcontextprotocol/server': 'agent-tools',
};
/** Internal modules, rejected even where the package itself is allowed. */
const internals: Readonly<Record<string, readonly string[]>> = {
  'service-kit': ['ioredis/built/Redis.js', '@opentelemetry/api/build/src/index.js'],
  tenancy: ['rate-limiter-flexible/lib/RateLimiterRedis.js'],
  'upstream-clients': [
    'axios/unsafe/core/dispatchRequest.js',
    'axios/dist/node/axios.cjs',
    'opossum/lib/circuit',
    'undici/lib/dispatcher/pool.js',
  ],
};
/** Documented entries of packages, allowed where the package is. */
const entries: Readonly<Record<string, readonly string[]>> = {
  'auth-delegation': ['jose/errors'],
  'service-kit': ['node:fs/promises'],
  tenancy: ['rate-limiter-flexible'],
  'upstream-clients': ['axios', 'opossum'],
};

describe('the boundary lint', () => {
  const cases = [
    ...libs.map((lib) => ({
      file: `libs/${lib}/src/index.ts`,
      imports: [
        ...libs
          .filter((other) => other !== lib && !mayUse[lib]?.includes(other))
          .map((other) => `@bff/${other}`),
        ...[...apps().slice(0, 1), 'testbed', 'demo-services'].map((other) => `@bff/${other}`),
        ...Object.keys(wrappers).filter((name) => ![wrappers[name]].flat().includes(lib)),
        ...(internals[lib] ?? []),
      ],
    })),
    { file: 'libs/tenancy/test/quota/quota.spec.ts', imports: [...(internals['tenancy'] ?? [])] },
    ...apps().map((app) => ({
      file: `apps/${app}/src/app.ts`,
      imports: [
        ...apps()
          .filter((other) => other !== app)
          .slice(0, 1)
          .map((other) => `@bff/${other}`),
        ...['testbed', 'demo-services', 'dev-idp'].map((tool) => `@bff/${tool}`),
        '@bff/shaping/src/sender.ts',
        ...Object.keys(wrappers),
      ],
    })),
  ];
  let verdicts: { file: string; refused: string[] }[];

  beforeAll(() => {
    const probe = join(root, 'tools/testbed/test/lint-probe.mjs');
    const { stdout, stderr } = spawnSync(process.execPath, [probe], {
      input: JSON.stringify(cases),
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    verdicts = JSON.parse(stdout);
  }, 120_000);

  test.each(cases)('the boundary lint rejects every forbidden import in $file', ({ file, imports }) => {
    expect(verdicts.find((each) => each.file === file)?.refused).toEqual(imports);
  });

  test('the boundary lint accepts allowed imports', () => {
    const allowed = libs.map((lib) => ({
      file: `libs/${lib}/src/index.ts`,
      imports: [...(mayUse[lib] ?? []).map((other) => `@bff/${other}`), ...(entries[lib] ?? [])],
    }));
    const probe = join(root, 'tools/testbed/test/lint-probe.mjs');
    const { stdout } = spawnSync(process.execPath, [probe], {
      input: JSON.stringify(allowed),
      encoding: 'utf8',
    });
    expect(JSON.parse(stdout)).toEqual(allowed.map(({ file }) => ({ file, refused: [] })));
  }, 120_000);
});

/** Returns the projects that only the tests of a lib or app use. */
function devDependenciesOf(project: string): Set<string> {
  const folder = ['libs', 'apps'].map((kind) => join(root, kind, project)).find((path) => existsSync(path));
  if (folder === undefined) return new Set();
  const { devDependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    devDependencies?: Record<string, string>;
  };
  return new Set(Object.keys(devDependencies).map((name) => name.replace('@bff/', '')));
}

describe('the project graph', () => {
  test('the project graph contains exactly the allowed dependencies between apps and libs', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'graph-')), 'graph.json');
    spawnSync(process.execPath, [join(root, 'node_modules/.bin/nx'), 'graph', `--file=${file}`], {
      cwd: root,
    });
    const { graph } = JSON.parse(readFileSync(file, 'utf8')) as {
      graph: { dependencies: Record<string, { target: string }[]> };
    };
    for (const [source, dependencies] of Object.entries(graph.dependencies)) {
      // Tools may call an app by its typed client.
      if (existsSync(join(root, 'tools', source))) continue;
      const tested = devDependenciesOf(source);
      const inProducts = dependencies
        .map(({ target }) => target)
        .filter((target) => !existsSync(join(root, 'tools', target)) && !tested.has(target));
      if (libs.includes(source))
        expect({ source, uses: inProducts.sort() }).toEqual({
          source,
          uses: [...(mayUse[source] ?? [])].sort(),
        });
      else
        expect({ source, other: inProducts.filter((target) => !libs.includes(target)) }).toEqual({
          source,
          other: [],
        });
    }
  }, 60_000);
});

describe('every project has the same structure:', () => {
  test.each([...under('libs'), ...under('apps'), ...under('tools')])(
    '%s has a README, an entry, specs and its targets',
    (folder) => {
      const entry = folder.startsWith('apps/') ? 'src/main.ts' : 'src/index.ts';
      for (const file of ['README.md', entry, 'tsconfig.json'])
        expect({ file, there: existsSync(join(root, folder, file)) }).toEqual({ file, there: true });
      expect(
        readdirSync(join(root, folder, 'test'), { recursive: true }).filter((name) =>
          String(name).endsWith('.spec.ts'),
        ),
      ).not.toHaveLength(0);
      const { nx, exports } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
      expect(Object.keys(nx.targets)).toEqual(
        expect.arrayContaining(['lint', 'typecheck', 'test', 'build', 'serve']),
      );
      if (folder.startsWith('libs/')) expect(exports).toMatchObject({ '.': './src/index.ts' });
    },
  );

  test('all apps have the same files in the same places', () => {
    for (const app of under('apps'))
      for (const name of [
        'main',
        'config',
        'dependencies',
        'wiring',
        'app',
        'family',
        'screens',
        'contract/openapi',
      ])
        expect(existsSync(join(root, app, `src/${name}.ts`))).toBe(true);
  });
});
