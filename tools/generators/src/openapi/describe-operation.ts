import { camel, pascal } from '../source/names.ts';
import { asList, asNode, asText, type Document, type Node } from './document.ts';
import { anyOf, type JsonSchema } from './json-schema.ts';
import { describeParameters, encodedLiterals, type Parameter } from './parameters.ts';

export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** One operation of a service, as its document describes it. */
export interface DescribedOperation {
  readonly name: string;
  readonly method: (typeof methods)[number];
  /** With the path of the server before it, and identifiers in braces. */
  readonly path: string;
  readonly query: readonly Parameter[];
  readonly headers: readonly Parameter[];
  /** Of the request; undefined: it has none. */
  readonly body: { readonly mediaType: string; readonly schema: JsonSchema } | undefined;
  /** Undefined: no answer of the service has a JSON body. */
  readonly response: JsonSchema | undefined;
  readonly summary: string;
  /** What the client lacks of what the document describes, one line each. */
  readonly notes: readonly string[];
}

interface Given {
  readonly document: Document;
  readonly method: DescribedOperation['method'];
  readonly path: string;
  readonly item: Node;
  readonly operation: Node;
}

/** @throws {Error} with the reason why no client can be made for it */
export function describeOperation(given: Given): DescribedOperation {
  const { document, method, path, item, operation } = given;
  const notes: string[] = [];
  const common = [...asList(item['parameters']), ...asList(operation['parameters'])];
  const prefix = serverPath([operation, item, document.root]);
  const { path: ownPath, query, headers } = describeParameters(document, path, common, notes);
  const last = pascal(path.split('/').findLast((step) => step !== '' && !step.startsWith('{')) ?? 'root');
  const fallback = camel(`${method.toLowerCase()} ${last}`);
  const wanted = camel(asText(operation['operationId']));
  const description = asText(operation['summary']) || asText(operation['description']);
  return {
    name: nameFrom(wanted, method, fallback),
    method,
    path: encodedLiterals(prefix) + ownPath,
    query,
    headers,
    body: bodyOf(document, method, operation),
    response: responseOf(given, notes),
    summary: `${operation['deprecated'] === true ? 'Deprecated. ' : ''}${description}`.trim(),
    notes,
  };
}

function nameFrom(wanted: string, method: string, fallback: string): string {
  if (/^[a-z]/.test(wanted)) return wanted === 'then' || wanted === 'constructor' ? `${wanted}Operation` : wanted;
  return wanted === '' ? fallback : `${method.toLowerCase()}${wanted}`;
} // prettier-ignore

const noDefault = 'variable-without-default';

/** The path of the first server of the innermost list; the host is a setting. @throws {Error} */
function serverPath(nodes: readonly Node[]): string {
  const servers = nodes.map((node) => asList(node['servers'])).find((list) => list.length > 0) ?? [];
  const { url, variables } = asNode(servers[0]);
  const text = asText(url).replaceAll(/\{([^}]*)\}/g, (_, name: string) =>
    String(asNode(asNode(variables)[name])['default'] ?? noDefault),
  );
  const pathname = URL.parse(text, 'http://host')?.pathname;
  if (pathname === undefined || pathname.includes(noDefault))
    throw new Error(
      `the address of its server cannot be read, or a variable in it has no default: ${asText(url)}`,
    );
  return pathname.replace(/\/+$/, '');
}

const isJson = (type: string): boolean => /^((application|text)\/json|[\w!#$&^.-]+\/[\w!#$&^.+-]+\+json|\*\/\*|application\/\*)\s*(;|$)/i.test(type); // prettier-ignore

function bodyOf(document: Document, method: string, operation: Node): DescribedOperation['body'] {
  if (operation['requestBody'] === undefined || method === 'GET') return undefined;
  const { content, required } = document.resolve(operation['requestBody']);
  const types = Object.keys(asNode(content));
  const mediaType = types.find(isJson);
  if (mediaType === undefined) {
    if (types.length === 0 || required !== true && method === 'DELETE') return undefined;
    throw new Error(`its body is ${types.join(', ')}; clients send JSON`);
  }
  const { schema = true } = asNode(asNode(content)[mediaType]);
  return { mediaType: mediaType.includes('*') ? 'application/json' : mediaType, schema };
} // prettier-ignore

/** Alternatives of all successful answers; of a read without any success, the default one. @throws {Error} */
function responseOf({ document, method, operation }: Given, notes: string[]): JsonSchema | undefined {
  const all = asNode(operation['responses']);
  const statuses = Object.keys(all).filter((status) => /^2(\d\d|XX)$/i.test(status));
  const answers = (statuses.length > 0 ? statuses : ['default'])
    .filter((status) => Object.hasOwn(all, status))
    .map((status) => asNode(document.resolve(all[status])['content']));
  const schemas = answers.map((content) => {
    const type = Object.keys(content).find(isJson);
    return type === undefined ? undefined : (asNode(content[type])['schema'] ?? true);
  });
  const withBody = schemas.filter((schema) => schema !== undefined);
  if (withBody.length === 0) {
    if (method !== 'GET') return undefined;
    const types = answers.flatMap((content) => Object.keys(content));
    throw new Error(types.length > 0 ? `its answer is ${types.join(', ')}; clients read JSON` : 'no successful answer has a body'); // prettier-ignore
  }
  if (method === 'GET' && withBody.length < answers.length)
    notes.push('an answer without content counts as a failure of a read');
  return anyOf(withBody);
}
