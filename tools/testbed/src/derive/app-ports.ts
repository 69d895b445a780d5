import { formatted } from '../formatted.ts';
import { DeriveError } from './derive-error.ts';
import type { AppFacts, Facts } from './facts.ts';

export interface AppPorts {
  readonly port: number;
  readonly managementPort: number;
}

/** Returns the default ports of an app. @throws {DeriveError} when a port has no default */
export function portsOf({ name, settings }: AppFacts): AppPorts {
  const portIn = (env: string): number => {
    const setting = settings.find((each) => each.env === env);
    if (typeof setting?.default !== 'number')
      throw new DeriveError(`apps/${name}/src/config.ts: the setting ${env} has no default port`);
    return setting.default;
  };
  return { port: portIn('PORT'), managementPort: portIn('MANAGEMENT_PORT') };
}

export const appPortsFile = 'tools/demo-world/src/bffs.ts';

/** Returns the module with the ports of all apps for the demo world. */
export function appPortsModule({ apps }: Facts): Promise<string> {
  const ports = Object.fromEntries(apps.map((app) => [app.name, portsOf(app)]));
  return formatted(
    `/** The BFFs and their default ports. Written by \`nx sync\` from the settings of the apps. */
export const bffs = ${JSON.stringify(ports)} as const;`,
    'typescript',
  );
}
