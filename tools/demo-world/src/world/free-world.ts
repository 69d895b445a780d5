import { freePorts } from '@bff/testbed';
import { worldPorts } from './world.ts';

/**
 * Returns settings that move all processes to free ports; for {@link worldPorts}, or for the environment of a
 * process.
 */
export async function freeWorld(): Promise<Record<string, string>> {
  const settings = Object.values(worldPorts({})).map(({ setting }) => setting);
  const ports = await freePorts(settings.length);
  return Object.fromEntries(settings.map((setting, index) => [setting, String(ports[index])]));
}
