import { resolve } from 'node:path';
import { formatFiles, logger, type GeneratorCallback, type Tree } from '@nx/devkit';
import { clientName } from '@bff/upstream-clients';
import { describedService } from './openapi/described-service.ts';
import { checkDeclaration } from './source/check-declaration.ts';
import { checkSource } from './source/check-source.ts';
import { moduleNames, serviceSource } from './source/service-source.ts';
import { checkName, checkWorkspace, type CommonOptions } from './workspace/check-workspace.ts';
import { deriveAfter } from './workspace/derive.ts';
import { addExport } from './workspace/edit-source.ts';
import { registeredServices, servicesFolder } from './workspace/registry.ts';

export interface UpstreamOptions extends CommonOptions {
  readonly openapi: string;
}

/** `nx g @bff/tools:upstream parcel --openapi=parcel.yaml` */
export async function upstreamGenerator(tree: Tree, options: UpstreamOptions): Promise<GeneratorCallback> {
  const { name, openapi } = options;
  const { root } = tree;
  const [file, registry] = [`${servicesFolder}/${name}.ts`, `${servicesFolder}/index.ts`];
  checkWorkspace(tree, options);
  checkName(name, () => tree.exists(file) || (moduleNames as readonly string[]).includes(name));
  const services = await registeredServices(root);
  const described = describedService(resolve(openapi));
  const constant = clientName(name);
  const address = `http://127.0.0.1:${nextPort(services.map((each) => each.address))}`;
  const { operations, passedOver } = checkDeclaration(described.operations);
  const { source, ...more } = serviceSource({ name, constant, address }, { ...described, operations });
  const notes = [
    ...described.notes,
    ...more.notes,
    ...[...described.passedOver, ...passedOver, ...more.passedOver].map((line) => `passed over: ${line}`),
    ...operations.flatMap(({ name: operation, notes: lines }) =>
      lines.map((line) => `${operation}: ${line}`),
    ),
  ];
  if (source === '') throw new Error(`${openapi} has no operation to call\n  ${notes.join('\n  ')}`);

  const index = addExport(tree.read(registry, 'utf8') ?? '', `export { ${constant} } from './${name}.ts';`, `./${name}.ts`); // prettier-ignore
  checkSource(root, { [file]: source, [registry]: index });
  tree.write(file, source);
  tree.write(registry, index);
  await formatFiles(tree);
  for (const line of notes) logger.warn(line);
  return deriveAfter(tree);
}

/** One above the highest port of the registered services. */
const nextPort = (addresses: readonly string[]): number =>
  Math.max(8_079, ...addresses.map((address) => Number(new URL(address).port))) + 1;
