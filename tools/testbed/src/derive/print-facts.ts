import { resolve } from 'node:path';
import { apps } from '../apps.ts';
import type { AppFacts, Facts, ServiceFacts, SettingFacts } from './facts.ts';

/** `node print-facts.ts <root>`: prints the {@link Facts} of a checkout as JSON, or one line on stderr. */
const root = resolve(process.argv[2] ?? '.');

interface RegistryModule {
  readonly servicesOf: (registry: object) => readonly (Omit<ServiceFacts, 'operations'> & {
    readonly operations: Readonly<Record<string, ServiceFacts['operations'][number]>>;
  })[];
}
interface Screens {
  readonly screens: { readonly screenNames: readonly string[] };
}
interface Config {
  readonly settings: Readonly<Record<string, SettingFacts>>;
}
interface Contract {
  readonly openApiDocument: () => AppFacts['document'];
}

/** Imports a file of the checkout. @throws {Error} that names the file */
async function load<Module>(file: string): Promise<Module> {
  try {
    return (await import(resolve(root, file))) as Module;
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

async function registeredServices(): Promise<readonly ServiceFacts[]> {
  // Imports by a variable, so that the types of this tool do not depend on the lib, whose tests use this
  // tool.
  const engine = '@bff/upstream-clients';
  const { servicesOf } = (await import(engine)) as RegistryModule;
  const file = 'libs/services/src/index.ts';
  const registry = await load<object>(file);
  try {
    return servicesOf(registry)
      .map(({ name, address, operations }) => ({
        name,
        address,
        operations: Object.entries(operations).map(([operationName, operation]) => {
          const { method, path, budgetMs, breaker } = operation;
          return { name: operationName, method, path, budgetMs, breaker };
        }),
      }))
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

async function appFacts(name: string): Promise<AppFacts> {
  const { screens } = await load<Screens>(`apps/${name}/src/screens.ts`);
  const { settings } = await load<Config>(`apps/${name}/src/config.ts`);
  const { openApiDocument } = await load<Contract>(`apps/${name}/src/contract/openapi.ts`);
  return {
    name,
    screenNames: screens.screenNames,
    settings: Object.values(settings).map((each) => ({
      env: each.env,
      meaning: each.meaning,
      default: each.default,
      developmentDefault: each.developmentDefault,
      optional: each.optional,
    })),
    document: openApiDocument(),
  };
}

try {
  const facts: Facts = {
    services: await registeredServices(),
    apps: await Promise.all(apps(root).map(appFacts)),
  };
  process.stdout.write(JSON.stringify(facts));
} catch (error) {
  process.stderr.write(`${(error as Error).message.split('\n')[0]}\n`);
  process.exitCode = 1;
}
