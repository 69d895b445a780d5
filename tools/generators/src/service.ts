import { resolve } from 'node:path';
import { logger, type GeneratorCallback, type Tree } from '@nx/devkit';
import { clientName, type ServiceInfo } from '@bff/upstream-clients';
import { chooseOperations } from './openapi/choose-operations.ts';
import {
  describedService,
  type DescribedService,
  type SkippedOperation,
} from './openapi/described-service.ts';
import { readDocument } from './openapi/document.ts';
import { listOperations } from './openapi/list-operations.ts';
import { checkDeclaration } from './source/check-declaration.ts';
import { moduleNames, serviceSource } from './source/service-source.ts';
import { checkName, checkWorkspace, type CommonOptions } from './workspace/check-workspace.ts';
import { releasing } from './workspace/lock-workspace.ts';
import { deriveAfter } from './workspace/derive.ts';
import { developmentPort } from './workspace/development-port.ts';
import { addExport } from './workspace/edit-source.ts';
import { registeredServices, servicesFolder } from './workspace/registry.ts';
import { writeChecked } from './workspace/write-checked.ts';

export interface ServiceOptions extends Omit<CommonOptions, 'name'> {
  /** Required unless `list` is given. */
  readonly name?: string;
  readonly openapi: string;
  /** Names of operations, comma separated. Default: all. */
  readonly operations?: string;
  /** Tags of operations, comma separated. Default: all. */
  readonly tags?: string;
  /** Prints the operations and writes nothing. */
  readonly list?: boolean;
}

/** Maximum number of operations: more would take minutes to type-check, and no product calls so many. */
const maxOperations = 2_000;
const registry = `${servicesFolder}/index.ts`;

/** Adds a service from its document: `nx g @bff/tools:service parcel --openapi=parcel.yaml`. */
export const serviceGenerator = releasing(
  async (tree: Tree, options: ServiceOptions): Promise<GeneratorCallback | undefined> => {
    const { name = '', openapi, operations: wanted, tags, list = false } = options;
    if (list) {
      const described = chooseOperations(await readService(openapi), { operations: wanted, tags });
      process.stdout.write(`${listOperations(described).join('\n')}\n`);
      return undefined;
    }
    checkName(name, () => tree.exists(fileOf(name)) || (moduleNames as readonly string[]).includes(name));
    checkWorkspace(tree, options);
    const services = await registeredServices(tree.root);
    const all = await readService(openapi);
    const described = chooseOperations(all, { operations: wanted, tags });
    const count = described.operations.length;
    logger.info(
      `${all.operations.length + all.skipped.length} operations are described, ${count} are generated`,
    );
    if (count > maxOperations)
      throw new Error(
        `${openapi} has ${count} operations, and at most ${maxOperations} are generated: choose with --operations or --tags; --list names all`,
      );
    const {
      files,
      skipped,
      notes: schemaNotes,
    } = serviceFiles(name, described, services, tree.read(registry, 'utf8') ?? '');
    const notes = [
      ...described.notes,
      ...schemaNotes,
      ...skipped.map(({ request, reason }) => `skipped: ${request}: ${reason}`),
      ...described.operations.flatMap((each) => each.notes.map((line) => `${each.name}: ${line}`)),
    ];
    if (!files) throw new Error(`${openapi} has no operation to call\n  ${notes.join('\n  ')}`);
    await writeChecked(tree, files);
    for (const line of notes) logger.warn(line);
    if (skipped.length > 0)
      logger.warn(
        `skipped operations can be declared manually in ${fileOf(name)}: docs/how-to/add-a-service.md`,
      );
    return deriveAfter(tree);
  },
);

const fileOf = (name: string): string => `${servicesFolder}/${name}.ts`;

/** Reads the document of a service. Operations that the engine would reject at start become skipped ones. */
export async function readService(file: string): Promise<DescribedService> {
  const described = describedService(await readDocument(resolve(file)));
  const { operations, skipped } = checkDeclaration(described.operations);
  return { ...described, operations, skipped: [...described.skipped, ...skipped] };
}

interface GeneratedService {
  /** File contents by path; undefined when no operation is callable. */
  readonly files: Readonly<Record<string, string>> | undefined;
  readonly skipped: readonly SkippedOperation[];
  /** Parts of the document that the schemas omit. */
  readonly notes: readonly string[];
}

/** Returns the file of a service, and the registry with the line that exports the service. */
export function serviceFiles(
  name: string,
  described: DescribedService,
  services: readonly ServiceInfo[],
  index: string,
): GeneratedService {
  const constant = clientName(name);
  const address = `http://127.0.0.1:${developmentPort(name, services)}`;
  const { source, skipped, notes } = serviceSource({ name, constant, address }, described);
  const line = `export { ${constant} } from './${name}.ts';`;
  return {
    files:
      source === ''
        ? undefined
        : { [fileOf(name)]: source, [registry]: addExport(index, line, `./${name}.ts`) },
    skipped: [...described.skipped, ...skipped],
    notes,
  };
}
