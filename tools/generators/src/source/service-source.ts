import type { DescribedOperation } from '../openapi/describe-operation.ts';
import type { DescribedService, SkippedOperation } from '../openapi/described-service.ts';
import type { Parameter } from '../openapi/parameters.ts';
import { comment, literal } from './literal.ts';
import { createZodSource, declarationsOf, integerName, type ZodSource } from './zod-source.ts';

const functions = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'del' } as const;

/** Names that the module of a service uses for other purposes than its schemas. */
export const moduleNames = [...Object.values(functions), integerName, 'service', 'z'] as const;

export interface ServiceSource {
  readonly source: string;
  /** Operations that were skipped while the source was written. */
  readonly skipped: readonly SkippedOperation[];
  /** Parts of the document that the schemas omit. */
  readonly notes: readonly string[];
}

/** Returns the file of a service: its schemas and operations. */
export function serviceSource(
  { name, constant, address }: { readonly name: string; readonly constant: string; readonly address: string },
  { document, title, operations }: DescribedService,
): ServiceSource {
  const names = new Set<string>([...moduleNames, constant]);
  const schemas = (of: 'response' | 'body') =>
    operations.flatMap((each) => (each[of] ? [each[of].schema] : []));
  const answers = createZodSource(document, schemas('response'), {
    direction: 'answer',
    examples: true,
    names,
  });
  const bodies = createZodSource(document, schemas('body'), { direction: 'body', names });
  const skipped: SkippedOperation[] = [];
  const written = operations.flatMap((operation) => {
    try {
      return [{ operation, text: operationSource(operation, answers.of, bodies.of) }];
    } catch (error) {
      const { name, method, path, tags } = operation;
      skipped.push({ name, request: `${method} ${path}`, tags, reason: (error as Error).message });
      return [];
    }
  });
  const used = [...new Set(written.map(({ operation }) => functions[operation.method]))].sort();
  const declarations = declarationsOf(answers, bodies);
  const text = written.map((each) => each.text).join('\n');
  const needsZod = /\bz\./.test(text) || declarations.length > 0;
  const source = `import { ${[...used, 'service'].join(', ')} } from '@bff/upstream-clients';
${needsZod ? "import { z } from 'zod';\n" : ''}
${declarations.join('\n\n')}

${comment(`From the OpenAPI document of ${title || name}.`)}
export const ${constant} = service(${literal(name)}, { address: ${literal(address)} }, {
${text}
});
`;
  const notes = [...new Set([...answers.notes(), ...bodies.notes()])];
  return { source: written.length > 0 ? source : '', skipped, notes };
}

function operationSource(
  { name, method, path, query, headers, body, response, summary }: DescribedOperation,
  answer: ZodSource['of'],
  bodyOf: ZodSource['of'],
): string {
  const joined = query.flatMap((each) =>
    each.delimiter === undefined ? [] : [`${literal(each.name)}: ${literal(each.delimiter)}`],
  );
  const options = [
    ...(query.length > 0 ? [`query: ${parametersSource(query)}`] : []),
    ...(joined.length > 0 ? [`joined: { ${joined.join(', ')} }`] : []),
    ...(headers.length > 0 ? [`headers: ${parametersSource(headers)}`] : []),
    ...(body ? [`body: ${bodyOf(body.schema, name)}`] : []),
    ...(body && body.mediaType !== 'application/json' ? [`contentType: ${literal(body.mediaType)}`] : []),
    ...(response && response.mediaType !== 'application/json'
      ? [`accept: ${literal(response.mediaType)}`]
      : []),
    ...(response ? [`response: ${answer(response.schema, name)}`] : []),
  ];
  const call = `${functions[method]}(${literal(path)}${options.length > 0 ? `, { ${options.join(', ')} }` : ''})`;
  return `${summary === '' ? '' : `${comment(summary)}\n`}${name}: ${call},`;
}

const parametersSource = (parameters: readonly Parameter[]): string =>
  `{ ${parameters.map((each) => `${literal(each.name)}: ${parameterSource(each)}`).join(', ')} }`;

function parameterSource({ types, isList, isRequired, fallback, isConstant }: Parameter): string {
  if (isConstant && fallback !== undefined)
    return `z.literal(${literal(fallback)}).default(${literal(fallback)})`;
  const each = [
    ...(types.has('string') ? ['z.string()'] : []),
    ...(types.has('number') ? ['z.number()'] : types.has('integer') ? ['z.int()'] : []),
    ...(types.has('boolean') ? ['z.boolean()'] : []),
  ];
  const value = each.length > 1 ? `z.union([${each.join(', ')}])` : String(each[0]);
  const mark = fallback === undefined ? '.optional()' : `.default(${literal(fallback)})`;
  return `${isList ? `z.array(${value})` : value}${isRequired && fallback === undefined ? '' : mark}`;
}
