import { freePorts } from '@bff/testbed';
import { worldPorts } from './world.ts';

/** Settings that move the whole world to free ports; for {@link worldPorts}, or for a process's environment. */
export async function freeWorld(): Promise<Record<string, string>> {
  const settings = Object.values(worldPorts({})).map(({ setting }) => setting);
  const ports = await freePorts(settings.length);
  return Object.fromEntries(settings.map((setting, index) => [setting, String(ports[index])]));
}
