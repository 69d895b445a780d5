import { clientName, type AnyOperation } from '@bff/upstream-clients';
import type { JsonSchema } from '../openapi/schema/json-schema.ts';
import type { AppStyle } from '../workspace/app.ts';
import { inputsOf } from './inputs.ts';
import { literal } from './literal.ts';
import { camel } from './names.ts';
import { isConfidential, membersText, viewPart, type Member, type ViewPart } from './view-part.ts';
import { createZodSource, declarationsOf, integerName, type ZodSource } from './zod-source.ts';

/** A byte budget that no answer exceeds. It is replaced when the budget is measured. */
export const unmeasured = '{ identity: 1_000_000, gzip: 1_000_000 }';

interface Named {
  readonly name: string;
  readonly constant: string;
  readonly scopes: readonly string[];
}

/**
 * Returns the file of a screen: sources with their fallbacks, and the answer.
 *
 * @param notes collects members that the answer omits
 */
export function screenSource(
  { name, constant, scopes }: Named,
  operations: readonly AnyOperation[],
  style: AppStyle,
  notes: string[],
): string {
  const taken = new Set<string>();
  const services = servicesIn(operations, constant);
  const parts = operations.map((operation) => ({ operation, part: viewPart(operation, taken, notes) }));
  const isPage = parts.length === 1 && parts[0]?.part.isPage === true;
  const counts = Map.groupBy(operations, ({ service }) => service);
  const sources = parts.map(({ operation, part }) => {
    const isAlone = counts.get(operation.service)?.length === 1;
    const source = clientName(isAlone ? operation.service : `${operation.service}-${operation.name}`);
    const call = `${services.get(operation.service)}.${operation.name}`;
    return `${camel(source)}: ${sourceText(call, operation, part, { isOnly: parts.length === 1, isPage })},`;
  });
  const names = new Set([
    'z',
    integerName,
    'screen',
    'source',
    'page',
    'versionOf',
    'answer',
    constant,
    ...services.values(),
  ]);
  const answers = new Map(
    parts.map(({ part }) => [
      part,
      answerSource(
        part,
        part.members.map(({ schema }) => schema),
        style,
        names,
      ),
    ]),
  );
  const members = parts.flatMap(({ part }) => membersOf(part, answers.get(part) as ZodSource));
  if (isPage) members.push(`next_cursor: z.string()${style.nulls === 'keep' ? '.nullable()' : ''}`);
  const functions = [
    isPage ? 'page' : 'source',
    'screen',
    ...(style.versions.length > 0 ? ['versionOf'] : []),
  ];
  return moduleSource({
    imports: [importLine(functions, '@bff/screens'), importText(services), "import { z } from 'zod';"],
    declarations: declarationsOf(...answers.values()),
    answer: `z.object({ ${members.join(', ')} })`,
    style,
    call: `export const ${constant} = screen(${literal(name)}`,
    options: [
      `summary: ${literal(`From ${operations.map((each) => `${each.service}.${each.name}`).join(', ')}`)}`,
      ...scopesText(scopes),
      `sources: { ${sources.join('\n')} }`,
      ...(style.hasBytes ? [`bytes: ${unmeasured}`] : []),
    ],
  });
}

interface ModuleParts {
  readonly imports: readonly string[];
  readonly declarations: readonly string[];
  /** Undefined when the screen or write declares no answer of its own. */
  readonly answer: string | undefined;
  readonly style: AppStyle;
  readonly call: string;
  readonly options: readonly string[];
}

/**
 * Returns the file of a screen or a write. Every version of a contract has the same answer until the versions
 * diverge.
 */
export function moduleSource({ imports, declarations, answer, style, call, options }: ModuleParts): string {
  const { nulls, versions } = style;
  const isVersioned = answer !== undefined && versions.length > 0;
  const all = [
    ...options,
    ...(answer !== undefined && nulls === 'strip' ? ["nulls: 'strip'"] : []),
    ...(isVersioned
      ? [`answers: { ${versions.map((version) => `${literal(version)}: versionOf(answer)`).join(', ')} }`]
      : []),
    ...(answer !== undefined && !isVersioned ? [`answer: ${answer}`] : []),
  ];
  const constants = [...declarations, ...(isVersioned ? [`const answer = ${answer};`] : [])];
  return `${imports.join('\n')}\n\n${constants.map((each) => `${each}\n\n`).join('')}${call}, {\n${all.join(',\n')},\n});\n`;
}

export const importLine = (names: readonly string[], specifier: string): string =>
  `import { ${[...names].sort().join(', ')} } from '${specifier}';`;

/**
 * Returns the services of operations with the local names of their imports, because a screen may have the
 * name of a service.
 */
export const servicesIn = (
  operations: readonly AnyOperation[],
  constant: string,
): ReadonlyMap<string, string> =>
  new Map(
    operations.map(({ service }) => {
      const client = clientName(service);
      return [service, client === constant ? `${client}Service` : client];
    }),
  );

export function importText(services: ReadonlyMap<string, string>): string {
  const names = [...services].map(([service, local]) => {
    const client = clientName(service);
    return client === local ? client : `${client} as ${local}`;
  });
  return importLine(names, '@bff/services');
}

export const scopesText = (scopes: readonly string[]): readonly string[] =>
  scopes.length > 0 ? [`scopes: [${scopes.map(literal).join(', ')}]`] : [];

export const answerSource = (
  { document }: ViewPart,
  schemas: readonly JsonSchema[],
  { nulls }: AppStyle,
  names: Set<string>,
): ZodSource =>
  createZodSource(document, schemas, {
    direction: 'answer',
    nulls: nulls === 'keep',
    isLeftOut: isConfidential,
    names,
  });

const membersOf = ({ members }: ViewPart, source: ZodSource): string[] =>
  members.map(({ name, schema, isRequired }: Member) => {
    const mark = isRequired ? '' : '.optional()';
    return `${literal(name)}: ${source.of(schema, name)}${mark}`;
  });

function sourceText(
  call: string,
  operation: AnyOperation,
  { options, fallback, members }: ViewPart,
  { isOnly, isPage }: { readonly isOnly: boolean; readonly isPage: boolean },
): string {
  const { constants } = inputsOf(operation);
  const isRoot = !options.some((each) => each.startsWith('as:'));
  const all = [
    ...(constants.length > 0 && !isPage ? [`with: { ${constants.join(', ')} }`] : []),
    ...(isOnly && isRoot ? [membersText(members)] : options),
    ...(isPage ? ['next: ({ next_cursor }) => next_cursor'] : []),
    isOnly ? 'required: true' : `fallback: ${fallback}`,
  ];
  return `${isPage ? 'page' : 'source'}(${call}, { ${all.join(', ')} })`;
}
