import { readFileSync } from 'node:fs';
import { lintOpenApi } from '@bff/testbed';
import { parse } from 'yaml';
import { type JsonSchema } from '@bff/demo-services/generic';
import { camel } from './names.ts';

/** One thing that a service can be asked, as its document says. */
export interface DescribedOperation {
  readonly name: string;
  readonly method: 'GET' | 'PATCH' | 'POST';
  /** With the path of the service's address before it. */
  readonly path: string;
  /** Names of the path's parameters, in their order. */
  readonly params: readonly string[];
  readonly query: readonly { readonly name: string; readonly type: 'string' | 'number' }[];
  /** Media type of the request's body; undefined where there is none. */
  readonly bodyType: string | undefined;
  readonly response: JsonSchema;
}

export interface DescribedService {
  readonly operations: readonly DescribedOperation[];
  /** What no client is made for, and why. */
  readonly passedOver: readonly string[];
}

interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly schema?: JsonSchema;
}
type Content = Readonly<Record<string, { readonly schema?: JsonSchema }>>;
interface Operation {
  readonly operationId?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}
interface OpenApi {
  readonly openapi?: string;
  readonly servers?: readonly { readonly url: string }[];
  readonly paths?: Readonly<
    Record<string, Readonly<Record<string, Operation>> & { parameters?: Parameter[] }>
  >;
}

/** @throws {Error} when the file cannot be read, is no valid OpenAPI 3, or describes nothing that can be called */
export async function describedService(file: string): Promise<DescribedService> {
  const text = read(file);
  const document = parsed(file, text);
  if (!/^3\.[01]\./.test(String(document.openapi)))
    throw new Error(`${file} is no OpenAPI 3.0 or 3.1: openapi is ${document.openapi}`);
  const faults = (await lintOpenApi(text)).filter((line) => /^error (struct|no-unresolved-refs|spec) /.test(line)); // prettier-ignore
  if (faults.length > 0) throw new Error(`${file} is not valid:\n  ${faults.join('\n  ')}`);

  const resolved = withoutReferences(document, document) as OpenApi;
  const prefix = pathOf(resolved.servers?.[0]?.url ?? '/');
  const operations: DescribedOperation[] = [];
  const passedOver: string[] = [];
  for (const [path, { parameters: common = [], ...item }] of Object.entries(resolved.paths ?? {}))
    for (const [method, operation] of Object.entries(item as Readonly<Record<string, Operation>>)) {
      if (!methods.has(method)) continue;
      const found = describe(method, prefix + path, operation, common);
      if (typeof found === 'string') passedOver.push(`${method.toUpperCase()} ${path}: ${found}`);
      else operations.push(found);
    }
  if (operations.length === 0)
    throw new Error(`${file} has no operation to call\n  ${passedOver.join('\n  ')}`);
  const names = operations.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new Error(`${file} has two operations that would be named ${twice}; operationId tells them apart`); // prettier-ignore
  return { operations, passedOver };
}

const methods = new Set(['get', 'put', 'post', 'patch', 'delete']);
const callable = new Set(['GET', 'PATCH', 'POST']);

function describe(
  verb: string,
  path: string,
  operation: Operation,
  common: readonly Parameter[],
): DescribedOperation | string {
  const method = verb.toUpperCase();
  if (!callable.has(method)) return 'the clients know GET, PATCH and POST';
  const success = Object.keys(operation.responses).find((status) => /^2/.test(status));
  const response = json(success ? operation.responses[success]?.content : undefined);
  if (!response) return 'no success with a JSON body';
  const params = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
  if (params.some((name) => !/^[A-Za-z]\w*$/.test(name))) return 'a parameter of the path is no plain word';
  const last = path.split('/').findLast((step) => step !== '' && !step.startsWith('{')) ?? 'root';
  const body = operation.requestBody?.content;
  return {
    name: camel(operation.operationId ?? `${verb} ${last}`),
    method: method as DescribedOperation['method'],
    path,
    params,
    query: [...common, ...(operation.parameters ?? [])]
      .filter((each) => each.in === 'query')
      .map(({ name, schema }) => ({ name, type: /^(integer|number)$/.test(String(schema?.type)) ? 'number' : 'string' })), // prettier-ignore
    bodyType: body && (Object.keys(body).find(isJson) ?? 'application/json'),
    response,
  };
}

const isJson = (type: string): boolean => /[/+]json\b/.test(type);
const json = (content: Content = {}): JsonSchema | undefined =>
  content[Object.keys(content).find(isJson) ?? '']?.schema;

/** Of an address that may be relative. */
const pathOf = (url: string): string => new URL(url, 'http://here').pathname.replace(/\/$/, '');

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`cannot read ${file}: ${(error as Error).message}`, { cause: error });
  }
}

function parsed(file: string, text: string): OpenApi {
  try {
    const document: unknown = parse(text);
    if (document !== null && typeof document === 'object') return document;
  } catch (error) {
    throw new Error(`${file} is neither JSON nor YAML: ${(error as Error).message}`, { cause: error });
  }
  throw new Error(`${file} is neither JSON nor YAML`);
}

/** @throws {Error} at a reference to another file, and at a schema that contains itself */
function withoutReferences(node: unknown, document: OpenApi, within: readonly string[] = []): unknown {
  if (Array.isArray(node)) return node.map((each) => withoutReferences(each, document, within));
  if (node === null || typeof node !== 'object') return node;
  const { $ref } = node as { $ref?: unknown };
  if (typeof $ref === 'string') {
    if (!$ref.startsWith('#/')) throw new Error(`${$ref} is in another file; bundle the document first`);
    if (within.includes($ref)) throw new Error(`${$ref} contains itself, which no client is made for`);
    return withoutReferences(found(document, $ref), document, [...within, $ref]);
  }
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => [name, withoutReferences(value, document, within)]),
  );
}

/** RFC 6901. */
const found = (document: object, $ref: string): unknown =>
  $ref
    .slice(2)
    .split('/')
    .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], document);
