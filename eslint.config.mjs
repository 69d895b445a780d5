import eslint from '@eslint/js';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** Packages that only the named libs may import, each in one wrapper module. */
const wrappedPackages = {
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
  cors: 'shaping',
  helmet: 'shaping',
  negotiator: 'shaping',
  'rate-limiter-flexible': 'tenancy',
  canonicalize: 'diff-sync',
  'structured-headers': 'screens',
  '@modelcontextprotocol/node': 'agent-tools',
  '@modelcontextprotocol/server': 'agent-tools',
};

/**
 * Names of folders with a package's internals. Documented subpaths, such as `jose/errors`, have other names.
 */
const internals = 'unsafe|internal|internals|private|core|lib|libs|src|dist|build|built|out|esm|cjs';
const publicApiOnly = {
  regex: `^(?!\\.|/|node:)(?:@[^/]+/[^/]+|[^@/][^/]*)/(?:.*/)?(?:${internals})(?:/|$)`,
  message: 'Use the public API of a dependency: its internals can change in any version (docs/adr/0016).',
};

const bannedExcept = (lib) =>
  Object.keys(wrappedPackages).filter((name) => ![wrappedPackages[name]].flat().includes(lib));
const lib = (name, ...mayUse) => ({
  sourceTag: `lib:${name}`,
  onlyDependOnLibsWithTags: [`lib:${name}`, ...mayUse.map((other) => `lib:${other}`)],
  bannedExternalImports: bannedExcept(name),
});

/**
 * Import rules between projects. In a request, tenancy determines the tenant, auth-delegation the authority;
 * upstream-clients calls the services, aggregation joins the answers, shaping trims the view, and diff-sync
 * sends the difference.
 */
export const importRules = [
  lib('service-kit'),
  lib('tenancy', 'service-kit'),
  lib('auth-delegation', 'service-kit', 'tenancy'),
  {
    ...lib('upstream-clients', 'service-kit'),
    bannedExternalImports: [...bannedExcept('upstream-clients'), 'express'],
  },
  {
    sourceTag: 'lib:aggregation',
    onlyDependOnLibsWithTags: ['lib:service-kit'],
    bannedExternalImports: ['*'],
  },
  lib('screens', 'aggregation', 'auth-delegation', 'service-kit', 'shaping', 'tenancy', 'upstream-clients'),
  lib(
    'agent-tools',
    'auth-delegation',
    'diff-sync',
    'screens',
    'service-kit',
    'shaping',
    'tenancy',
    'upstream-clients',
  ),
  lib('services', 'upstream-clients'),
  lib('shaping', 'service-kit'),
  {
    ...lib('diff-sync', 'service-kit', 'tenancy'),
    bannedExternalImports: [...bannedExcept('diff-sync'), 'express'],
  },
  {
    sourceTag: 'type:app',
    onlyDependOnLibsWithTags: ['type:lib'],
    bannedExternalImports: bannedExcept(null),
  },
  // An app exports only its typed client.
  { sourceTag: 'type:tool', onlyDependOnLibsWithTags: ['type:lib', 'type:tool', 'type:app'] },
];

const boundaries = (depConstraints) => [
  'error',
  { enforceBuildableLibDependency: false, banTransitiveDependencies: true, allow: [], depConstraints },
];

export default tseslint.config(
  { ignores: ['**/dist', '**/node_modules', '**/coverage', '.nx'] },
  eslint.configs.recommended,
  ...tseslint.configs.strict,
  { plugins: { '@nx': nx } },
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@nx/enforce-module-boundaries': boundaries(importRules),
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'no-console': 'error',
      // Allows `interface X extends Y {}`, which recursive types need to refer to themselves.
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'with-single-extends' }],
      'no-restricted-imports': ['error', { patterns: [publicApiOnly] }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'Export each name explicitly.' },
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
      ],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    // Tests may import tools and any package, because they replace dependencies.
    files: ['**/test/**/*.ts', 'tools/testbed/manifests/**/*.ts'],
    rules: {
      '@nx/enforce-module-boundaries': boundaries([{ sourceTag: '*', onlyDependOnLibsWithTags: ['*'] }]),
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.{mjs,cjs}'],
    languageOptions: {
      globals: { process: 'readonly', module: 'readonly', require: 'readonly', URL: 'readonly' },
    },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
