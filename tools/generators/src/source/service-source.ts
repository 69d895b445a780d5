import { type DescribedOperation } from '../openapi/describe-operation.ts';
import { type DescribedService } from '../openapi/described-service.ts';
import { type Parameter } from '../openapi/parameters.ts';
import { comment, literal } from './literal.ts';
import { createZodSource, declarationsOf, integerName } from './zod-source.ts';

const functions = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'del' } as const;

/** Names that the module of a service has for something else than its schemas. */
export const moduleNames = [...Object.values(functions), integerName, 'service', 'z'] as const;

export interface ServiceSource {
  readonly source: string;
  /** What was passed over while it was written. */
  readonly passedOver: readonly string[];
  /** What its schemas do not have of the document. */
  readonly notes: readonly string[];
}

/** The file of a service: its schemas, and its operations. */
export function serviceSource(
  { name, constant, address }: { readonly name: string; readonly constant: string; readonly address: string },
  { document, title, operations }: DescribedService,
): ServiceSource {
  const names = new Set<string>([...moduleNames, constant]);
  const answers = createZodSource(document, { direction: 'answer', names });
  const bodies = createZodSource(document, { direction: 'body', names });
  const passedOver: string[] = [];
  const written = operations.flatMap((operation) => {
    try {
      return [{ operation, text: operationSource(operation, answers.of, bodies.of) }];
    } catch (error) {
      passedOver.push(`${operation.method} ${operation.path}: ${(error as Error).message}`);
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
  return { source: written.length > 0 ? source : '', passedOver, notes };
}

function operationSource(
  { name, method, path, query, headers, body, response, summary }: DescribedOperation,
  answer: (schema: unknown) => string,
  bodyOf: (schema: unknown) => string,
): string {
  const options = [
    ...(query.length > 0 ? [`query: ${parametersSource(query)}`] : []),
    ...(headers.length > 0 ? [`headers: ${parametersSource(headers)}`] : []),
    ...(body ? [`body: ${bodyOf(body.schema)}`] : []),
    ...(body && body.mediaType !== 'application/json' ? [`contentType: ${literal(body.mediaType)}`] : []),
    ...(response === undefined ? [] : [`response: ${answer(response)}`]),
  ];
  const call = `${functions[method]}(${literal(path)}${options.length > 0 ? `, { ${options.join(', ')} }` : ''})`;
  return `${summary === '' ? '' : `${comment(summary)}\n`}${name}: ${call},`;
}

const parametersSource = (parameters: readonly Parameter[]): string =>
  `{ ${parameters.map((each) => `${literal(each.name)}: ${parameterSource(each)}`).join(', ')} }`;

function parameterSource({ types, isList, isRequired }: Parameter): string {
  const each = [
    ...(types.has('string') ? ['z.string()'] : []),
    ...(types.has('number') ? ['z.number()'] : types.has('integer') ? ['z.int()'] : []),
    ...(types.has('boolean') ? ['z.boolean()'] : []),
  ];
  const value = each.length > 1 ? `z.union([${each.join(', ')}])` : String(each[0]);
  return `${isList ? `z.array(${value})` : value}${isRequired ? '' : '.optional()'}`;
}
