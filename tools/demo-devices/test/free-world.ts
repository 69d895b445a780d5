import { worldPorts } from '@bff/demo-world';
import { freePort } from '@bff/testbed';

/** Settings that move the whole world to free ports. */
export async function freeWorld(): Promise<Record<string, string>> {
  const settings = Object.values(worldPorts({})).map(({ setting }) => setting);
  return Object.fromEntries(
    await Promise.all(settings.map(async (name) => [name, String(await freePort())])),
  );
}
