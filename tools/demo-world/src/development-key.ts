import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const defaultFolder = resolve(import.meta.dirname, '../../../dist/development');

/**
 * The key with which the BFFs of this checkout sign internal tokens. A key made at each start is one that the services do
 * not know: they look for unknown keys once in 30 s, so that a BFF that restarts would be refused by all of them until then.
 *
 * @returns the setting that says it; nothing in production, or where the environment brings a key or a secret of its own
 */
export function developmentKey(env: NodeJS.ProcessEnv, folder = defaultFolder): Record<string, string> {
  if (env['NODE_ENV'] === 'production' || env['INTERNAL_JWT_PRIVATE_KEY'] || env['INTERNAL_JWT_SECRET'])
    return {};
  const file = resolve(folder, 'internal-key.pem');
  return { INTERNAL_JWT_PRIVATE_KEY: read(file) ?? made(file) };
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Linked into its place when it is whole: of several programs that start at once all take the key of the first. */
function made(file: string): string {
  mkdirSync(resolve(file, '..'), { recursive: true });
  const draft = `${file}.${randomUUID()}`;
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeFileSync(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(file, 'utf8');
}
