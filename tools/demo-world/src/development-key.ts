import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const defaultFolder = resolve(import.meta.dirname, '../../../dist/development');

/**
 * Returns the setting with the key by which the BFFs of this checkout sign internal tokens. The key is
 * stored, because services fetch an unknown key at most once in 30 s: a BFF that restarted with a new key
 * would be rejected by all of them until then.
 *
 * @returns nothing in production, or when the environment contains a key or a secret
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

/**
 * Creates the key and returns it. Links the complete file into place, so that several programs that start
 * together all use the key of the first one.
 */
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
