import { freePort } from '@bff/testbed';
import { worldPorts } from '../src/index.ts';

/** Settings that move the whole world to free ports. */
export async function freeWorld(): Promise<Record<string, string>> {
  const entries = Object.values(worldPorts({})).map(
    async ({ setting }) => [setting, String(await freePort())] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}
