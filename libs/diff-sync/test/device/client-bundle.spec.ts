import { resolve } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';

/** The names that a device is sure to have beside the language itself. */
const platform = { TextEncoder, btoa, crypto, RegExp };

describe('the client by itself', () => {
  test('can be bundled for a platform that is not Node, and runs where nothing of Node is', async () => {
    const { outputFiles, metafile } = await build({
      entryPoints: [resolve(import.meta.dirname, '../../src/client.ts')],
      bundle: true,
      minify: true,
      write: false,
      metafile: true,
      platform: 'neutral',
      mainFields: ['module', 'main'],
      format: 'iife',
      globalName: 'client',
      logLevel: 'silent',
    });
    const { contents, text } = outputFiles[0]!;
    const packages = Object.keys(metafile.inputs).filter((input) => input.includes('node_modules'));
    expect(packages).toEqual([expect.stringContaining('canonicalize')]);
    expect(contents.length).toBeLessThan(13_000);

    const context = createContext({ ...platform, answers: [] });
    const outcome = await (runInContext(
      `${text}
      const texts = new Map();
      const storage = { get: async (key) => texts.get(key), set: async (key, text) => texts.set(key, text), delete: async () => {} };
      const headers = { get: (name) => (name === 'ETag' ? '"tttttttttttttttttttttttt"' : null) };
      const fetch = async () => ({ status: 200, headers, text: async () => '{"a":1}' });
      client.createSyncClient({ storage, fetch }).refresh('/').then(({ outcome }) => outcome + [...texts.values()])`,
      context,
    ) as Promise<string>);
    expect(outcome).toBe('full{"token":"tttttttttttttttttttttttt","view":{"a":1}}');
  });
});
