import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { apps, repository } from '../../src/apps.ts';

const app = 'one-bff';
const [anyApp = ''] = apps();

/** Files with derived regions, and the files from which the fixture copies them. */
const copied = {
  'docker/compose.yaml': 'docker/compose.yaml',
  'docker/Dockerfile': 'docker/Dockerfile',
  'docker/kubernetes/components/signing-keys/network-policy.yaml':
    'docker/kubernetes/components/signing-keys/network-policy.yaml',
  'docs/resilience.md': 'docs/resilience.md',
  'docs/operations.md': 'docs/operations.md',
  'libs/services/README.md': 'libs/services/README.md',
  [`apps/${app}/deploy/base/settings.env`]: `apps/${anyApp}/deploy/base/settings.env`,
  [`apps/${app}/deploy/base/network-policy-upstreams.yaml`]: `apps/${anyApp}/deploy/base/network-policy-upstreams.yaml`,
};

/** A small checkout: the derived files of this one, one app, and its own services. */
export interface Fixture {
  readonly root: string;
  /** Registers a service with one operation. */
  addService(name: string, port: number): void;
  removeService(name: string): void;
  read(file: string): string;
  write(file: string, text: string): void;
  /** Returns the text of every file by path. */
  tree(): Readonly<Record<string, string>>;
  [Symbol.dispose](): void;
}

export function createFixture(): Fixture {
  // Below this project, so that the packages resolve.
  mkdirSync(join(import.meta.dirname, '../../dist'), { recursive: true });
  const root = mkdtempSync(join(import.meta.dirname, '../../dist/derive-'));
  const registry = 'libs/services/src/index.ts';
  const read = (file: string): string => readFileSync(join(root, file), 'utf8');
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  for (const [file, source] of Object.entries(copied)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    cpSync(join(repository, source), join(root, file));
  }
  write(registry, '');
  write(`apps/${app}/package.json`, '{ "type": "module" }\n');
  write(`apps/${app}/src/screens.ts`, "export const screens = { screenNames: ['start', 'detail'] };\n");
  write(
    `apps/${app}/src/config.ts`,
    `export const settings = {
  a: { env: 'A', default: 1, meaning: 'a number' },
  port: { env: 'PORT', default: 3000, meaning: 'port' },
  managementPort: { env: 'MANAGEMENT_PORT', default: 9100, meaning: 'port of the operators' },
};
`,
  );
  write(
    `apps/${app}/src/contract/openapi.ts`,
    "export const openApiDocument = () => ({ openapi: '3.1.0', info: { title: 'One', version: '1.0.0' }, paths: {} });\n",
  );
  const exportName = (name: string): string =>
    name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const lineOf = (name: string): string => `export { ${exportName(name)} } from './${name}.ts';\n`;
  return {
    root,
    read,
    write,
    addService(name, port) {
      write(
        `libs/services/src/${name}.ts`,
        `import { get, service } from '@bff/upstream-clients';
import { z } from 'zod';

export const ${exportName(name)} = service(
  '${name}',
  { address: 'http://127.0.0.1:${port}' },
  { byId: get('/${name}s/{id}', { response: z.object({ id: z.string() }) }) },
);
`,
      );
      write(registry, read(registry) + lineOf(name));
    },
    removeService(name) {
      rmSync(join(root, `libs/services/src/${name}.ts`));
      write(registry, read(registry).replace(lineOf(name), ''));
    },
    tree: () =>
      Object.fromEntries(
        readdirSync(root, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
          .sort()
          .map((file) => [file, read(file)]),
      ),
    [Symbol.dispose]: () => rmSync(root, { recursive: true }),
  };
}
