import { formatFiles, logger, type GeneratorCallback, type Tree } from '@nx/devkit';
import { appStyle, tableOf } from './workspace/app.ts';
import { checkName, checkWorkspace, type CommonOptions } from './workspace/check-workspace.ts';
import { copyFolder, publishPorts, repeatRegistrations, textOf, type Ports } from './workspace/copy-app.ts';
import { releasing } from './workspace/lock-workspace.ts';
import { deriveAfter } from './workspace/derive.ts';
import { importFrom, registeredServices } from './workspace/registry.ts';

export interface BffOptions extends CommonOptions {
  readonly like: string;
  readonly port: number;
}

/** Difference between the management port and the public port of an app. */
const managementOffset = 6_100;

/** Adds a BFF, copied from another one: `nx g @bff/tools:bff iot-bff --like=mobile-bff --port=3005`. */
export const bffGenerator = releasing(async (tree: Tree, options: BffOptions): Promise<GeneratorCallback> => {
  const { name, like, port } = options;
  const { root } = tree;
  checkWorkspace(tree, options);
  await appStyle(tree, like);
  const family = name.replace(/-bff$/, '');
  if (family === name || family.includes('-'))
    throw new Error(`"${name}" is not the name of a BFF: use one word and -bff, as in iot-bff`);
  const services = await registeredServices(root);
  checkName(family, () => tree.exists(`apps/${name}`) || services.some((each) => each.name === family));

  const apps = tree.children('apps').filter((each) => tree.exists(tableOf(each)));
  const ports = new Map(await Promise.all(apps.map(async (app) => [app, await portsOf(root, app)] as const)));
  const taken = [
    ...[...ports.values()].flatMap((each) => [each.port, each.managementPort]),
    ...services.map(({ address }) => Number(new URL(address).port)),
  ];
  const to = { family, port, managementPort: port + managementOffset };
  const { managementPort } = to;
  if (
    !Number.isInteger(port) ||
    port < 1_024 ||
    managementPort > 65_535 ||
    taken.includes(port) ||
    taken.includes(managementPort)
  )
    throw new Error(`port ${port} with management port ${managementPort} is taken, or is not a port`);

  const from = { family: like.replace(/-bff$/, ''), ...(ports.get(like) as Ports) };
  const copyOf = textOf(from, to);
  copyFolder(tree, `apps/${like}`, `apps/${name}`, copyOf);
  repeatRegistrations(tree, like, from, copyOf);
  publishPorts(tree, to);
  await formatFiles(tree);
  const derive = deriveAfter(tree);
  return async () => {
    await derive();
    logger.info(`npm install links ${name} and puts it into package-lock.json`);
  };
});

interface ConfigModule {
  readonly settings: Readonly<Record<string, { readonly env: string; readonly default?: unknown }>>;
}

/** Returns the default ports of an app from its settings. */
async function portsOf(root: string, app: string): Promise<Ports> {
  const { settings } = await importFrom<ConfigModule>(root, `apps/${app}/src/config.ts`);
  const valueOf = (env: string) => Number(Object.values(settings).find((each) => each.env === env)?.default);
  return { port: valueOf('PORT'), managementPort: valueOf('MANAGEMENT_PORT') };
}
