import { resolve } from 'node:path';
import { logger, type GeneratorCallback, type Tree } from '@nx/devkit';
import { clientName } from '@bff/upstream-clients';
import { chooseOperations } from './openapi/choose-operations.ts';
import { describedService } from './openapi/described-service.ts';
import { readDocument } from './openapi/document.ts';
import { listOperations } from './openapi/list-operations.ts';
import { checkDeclaration } from './source/check-declaration.ts';
import { moduleNames, serviceSource } from './source/service-source.ts';
import { checkName, checkWorkspace, type CommonOptions } from './workspace/check-workspace.ts';
import { deriveAfter } from './workspace/derive.ts';
import { developmentPort } from './workspace/development-port.ts';
import { addExport } from './workspace/edit-source.ts';
import { registeredServices, servicesFolder } from './workspace/registry.ts';
import { writeChecked } from './workspace/write-checked.ts';

export interface UpstreamOptions extends Omit<CommonOptions, 'name'> {
  /** Required unless `list` is given. */
  readonly name?: string;
  readonly openapi: string;
  /** Names of operations, comma separated. Default: all. */
  readonly operations?: string;
  /** Tags of operations, comma separated. Default: all. */
  readonly tags?: string;
  /** Prints the operations, and writes nothing. */
  readonly list?: boolean;
}

/** More take minutes to check and seconds at each start, and nobody calls them all. */
const maxOperations = 1_000;

/** `nx g @bff/tools:upstream parcel --openapi=parcel.yaml` */
export async function upstreamGenerator(tree: Tree, options: UpstreamOptions): Promise<GeneratorCallback | undefined> {
  const { name = '', openapi, operations: wanted, tags, list = false } = options;
  const { root } = tree;
  if (list) {
    const described = chooseOperations(checked(describedService(await readDocument(resolve(openapi)))), { operations: wanted, tags });
    process.stdout.write(`${listOperations(described).join('\n')}\n`);
    return undefined;
  }
  const [file, registry] = [`${servicesFolder}/${name}.ts`, `${servicesFolder}/index.ts`];
  checkName(name, () => tree.exists(file) || (moduleNames as readonly string[]).includes(name));
  checkWorkspace(tree, options);
  const services = await registeredServices(root);
  const address = `http://127.0.0.1:${developmentPort(name, services)}`;
  const constant = clientName(name);

  const all = checked(describedService(await readDocument(resolve(openapi))));
  const described = chooseOperations(all, { operations: wanted, tags });
  const { operations } = described;
  logger.info(`${all.operations.length + all.passedOver.length} operations are described, ${operations.length} are generated`);
  if (operations.length > maxOperations)
    throw new Error(`${openapi} has ${operations.length} operations, and at most ${maxOperations} are generated: choose with --operations or --tags; --list names all`);
  const { source, passedOver, notes: sourceNotes } = serviceSource({ name, constant, address }, described);
  const notes = [
    ...described.notes,
    ...sourceNotes,
    ...[...described.passedOver, ...passedOver].map(({ request, reason }) => `passed over: ${request}: ${reason}`),
    ...operations.flatMap((each) => each.notes.map((line) => `${each.name}: ${line}`)),
  ];
  if (source === '') throw new Error(`${openapi} has no operation to call\n  ${notes.join('\n  ')}`);

  const index = addExport(tree.read(registry, 'utf8') ?? '', `export { ${constant} } from './${name}.ts';`, `./${name}.ts`);
  await writeChecked(tree, { [file]: source, [registry]: index });
  for (const line of notes) logger.warn(line);
  if (described.passedOver.length + passedOver.length > 0)
    logger.warn(`what is passed over can be declared manually in ${file}: docs/how-to/add-a-service.md`);
  return deriveAfter(tree);
} // prettier-ignore

/** Without the operations that the engine would refuse at start. */
function checked(described: ReturnType<typeof describedService>): typeof described {
  const { operations, passedOver } = checkDeclaration(described.operations);
  return { ...described, operations, passedOver: [...described.passedOver, ...passedOver] };
}
