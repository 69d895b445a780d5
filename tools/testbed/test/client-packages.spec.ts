import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { build } from 'esbuild';
import { apps, familyOf, repository as root } from '../src/apps.ts';
import { packClients } from '../src/pack-clients.ts';

jest.setTimeout(120_000);

/** An external project that has nothing of this repository except the packages. */
const project = mkdtempSync(join(tmpdir(), 'client-packages-'));
afterAll(() => rmSync(project, { recursive: true }));
const scope = (
  JSON.parse(readFileSync(join(root, 'libs/diff-sync/package.json'), 'utf8')) as { name: string }
).name.split('/')[0];
const families = apps()
  .filter((app) => existsSync(join(root, 'apps', app, 'client/index.ts')))
  .map(familyOf);
const run = (command: string, ...args: readonly string[]): string =>
  execFileSync(command, args, {
    cwd: project,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
  });

/** A device with one view that receives a patch, verifies it and stores the result. */
const device = `
import { createSyncClient, createWriteQueue } from '${scope}/sync-client';

const texts = new Map();
const storage = { get: async (key) => texts.get(key), set: async (key, text) => texts.set(key, text), delete: async (key) => texts.delete(key) };
const answers = [
  { status: 200, fields: { ETag: '"tttttttttttttttttttttttt"', 'Content-Type': 'application/json' },
      body: '{"name":"\\u00e9","_meta":{"etag":"tttttttttttttttttttttttt","complete":true}}' },
  { status: 226, fields: { ETag: '"uuuuuuuuuuuuuuuuuuuuuuuu"', IM: 'json-patch', 'Delta-Base': '"tttttttttttttttttttttttt"',
      'Sync-Digest': 'sha-256=:DIGEST:' }, body: '[{"op":"add","path":"/more","value":1}]' },
  { status: 200, fields: { ETag: '"vvvvvvvvvvvvvvvvvvvvvvvv"', 'Content-Type': 'application/json' },
      body: '{"name":"\\u00e9","more":2,"_meta":{"complete":true}}' },
];
const fetch = async () => {
  const { status, fields, body } = answers.shift();
  return { status, headers: { get: (name) => fields[name] ?? null }, text: async () => body };
};
const client = createSyncClient({ storage, fetch });
const writes = createWriteQueue({ storage, fetch, settled: () => {}, resolve: () => undefined });
globalThis.done = (async () => {
  await client.refresh('/a');
  const { outcome, view } = await client.refresh('/a');
  await writes.patch('/a', { more: 2 });
  const [{ key }] = (await writes.state()).pending;
  return JSON.stringify({ outcome, view, preview: await writes.preview('/a'), flushed: await writes.flush(), last: await client.last('/a'), keyLength: key.length });
})();
`;
// SHA-256 of {"more":1,"name":"é"}.
const digest = execFileSync('openssl', ['dgst', '-sha256', '-binary'], {
  input: '{"more":1,"name":"\u00e9"}',
}).toString('base64');
const expected = {
  outcome: 'patched',
  view: { more: 1, name: '\u00e9' },
  preview: { more: 2, name: '\u00e9' },
  flushed: { left: 0, waitMs: 0 },
  last: { more: 2, name: '\u00e9' },
};

beforeAll(async () => {
  const files = await packClients(join(project, 'packages'));
  writeFileSync(
    join(project, 'package.json'),
    '{ "name": "somebody-elses", "private": true, "type": "module" }',
  );
  // Offline: the dependencies are packed from this workspace.
  const install = ['install', '--offline', '--no-audit', '--no-fund', '--ignore-scripts'];
  run('npm', ...install, ...files, ...dependenciesOf(manifestsOf(files)).map(packed));
  mkdirSync(join(project, 'src'));
  writeFileSync(join(project, 'src/device.js'), device.replace('DIGEST', digest));
});

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}
const manifestsOf = (files: readonly string[]): Manifest[] =>
  files.map((file) => JSON.parse(run('tar', '-xzOf', file, 'package/package.json')) as Manifest);

/** Returns the folders of all packages on which these depend. */
function dependenciesOf(manifests: readonly Manifest[], from = join(root, 'libs/diff-sync')): string[] {
  const names = new Set(manifests.flatMap(({ dependencies = {} }) => Object.keys(dependencies)));
  return [...names].flatMap((name) => {
    const file = findPackageJSON(name, join(from, 'index.js')) ?? '';
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
    return [dirname(file), ...dependenciesOf([manifest], dirname(file))];
  });
}
const packed = (folder: string): string =>
  join(project, run('npm', 'pack', '--silent', '--ignore-scripts', folder).trim());

const bundled = async (options: object) => {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(project, 'src/device.js')],
    outdir: join(project, 'out'),
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    platform: 'neutral',
    mainFields: ['module', 'main'],
    logLevel: 'silent',
    ...options,
  });
  return { outputFiles, metafile };
};

describe('the client packages, installed in an empty project,', () => {
  test.each(['bundler', 'nodenext'])(
    'the types of the client packages resolve and are correct with moduleResolution %s',
    (resolution) => {
      const imports = families.map(
        (family) =>
          `import { create${family[0]?.toUpperCase()}${family.slice(1)}Client } from '${scope}/${family}-client';`,
      );
      const source = `${imports.join('\n')}
import { createSyncClient, type Refresh } from '${scope}/sync-client';
export const clients = [${families.map((family) => `create${family[0]?.toUpperCase()}${family.slice(1)}Client`).join()}];
const client = createSyncClient({ storage: { get: async () => null, set: async () => 0, delete: async () => 0 }, fetch: (url, init) => fetch(url, init) });
export const look: Promise<Refresh> = client.refresh('/a');
// @ts-expect-error: a client without a storage
createSyncClient({ fetch });
`;
      writeFileSync(join(project, 'src/typed.ts'), source);
      const module = resolution === 'bundler' ? 'esnext' : 'nodenext';
      const options = [
        '--noEmit',
        '--strict',
        '--target',
        'es2022',
        '--lib',
        'es2022,dom',
        '--module',
        module,
        '--moduleResolution',
        resolution,
      ];
      expect(() =>
        run(process.execPath, join(root, 'node_modules/typescript-7/bin/tsc'), ...options, 'src/typed.ts'),
      ).not.toThrow();
    },
  );

  test('the sync client of the packages runs in Node', () => {
    writeFileSync(join(project, 'src/run.js'), "import './device.js'; console.log(await globalThis.done);");
    expect(JSON.parse(run(process.execPath, 'src/run.js'))).toEqual({ ...expected, keyLength: 36 });
  });

  test('a browser loads at most 9 KB compressed of the sync client, without the separate SHA-256 module', async () => {
    const { outputFiles, metafile } = await bundled({ format: 'esm', splitting: true, target: 'es2022' });
    const [main] = outputFiles.filter(({ path }) => path.endsWith('device.js'));
    const inputs = Object.keys(metafile.inputs).filter((input) => !input.includes('node_modules'));
    expect(inputs).toEqual([expect.stringContaining('src/device.js')]);
    const own = Buffer.byteLength(gzipSync(device, { level: 9 }));
    expect(gzipSync(main?.contents ?? '', { level: 9 }).length - own / 2).toBeLessThan(9 * 1_024);
    expect(main?.text).not.toContain('sha512');
  });

  test('the sync client runs in an engine like Hermes, with ES2016 syntax and without WebCrypto, randomUUID and ES2024 methods', async () => {
    const { outputFiles } = await bundled({ format: 'iife', target: 'es2016' });
    const context = createContext({
      TextEncoder,
      btoa,
      Uint8Array,
      Uint32Array,
      AbortController,
      setTimeout,
      clearTimeout,
      setInterval,
      clearInterval,
    });
    runInContext(
      'delete String.prototype.isWellFormed; delete String.prototype.toWellFormed; delete Array.prototype.toSorted; delete Object.groupBy;',
      context,
    );
    runInContext(outputFiles[0]?.text ?? '', context);
    expect(JSON.parse(await (runInContext('done', context) as Promise<string>))).toEqual({
      ...expected,
      keyLength: 32,
    });
  });

  test.each(['sync-client', ...families.map((family) => `${family}-client`)])(
    'the package %s contains a README, a licence and only its own files',
    (name) => {
      const files = run('tar', '-tzf', `packages/${scope?.slice(1)}-${name}-${versionOf(name)}.tgz`)
        .trim()
        .split('\n');
      expect(files).toEqual(
        expect.arrayContaining([
          'package/README.md',
          'package/LICENSE',
          'package/index.js',
          'package/package.json',
        ]),
      );
      expect(
        files.filter(
          (file) => !/^package\/(?:README\.md|LICENSE|index\.js|package\.json|types\/.*\.d\.ts)$/.test(file),
        ),
      ).toEqual([]);
      expect(readFileSync(join(project, 'node_modules', scope ?? '', name, 'index.js'), 'utf8')).not.toMatch(
        /from ["']node:/,
      );
    },
  );
});

const versionOf = (name: string): string =>
  (JSON.parse(readFileSync(join(project, 'packages', name, 'package.json'), 'utf8')) as { version: string })
    .version;
