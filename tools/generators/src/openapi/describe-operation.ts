import { camel, pascal } from '../source/names.ts';
import { asList, asNode, asText, type Document, type Node } from './document.ts';
import { schemaOfMedia } from './examples.ts';
import { anyOf, type JsonSchema } from './schema/json-schema.ts';
import { jsonTypeOf, sentType } from './media-types.ts';
import { describeParameters, encodedLiterals, type Parameter } from './parameters.ts';

export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** An operation of a service as its document describes it. */
export interface DescribedOperation {
  readonly name: string;
  readonly method: (typeof methods)[number];
  /** Path including the server's path, with identifiers in braces. */
  readonly path: string;
  readonly query: readonly Parameter[];
  readonly headers: readonly Parameter[];
  /** Body of the request; undefined when it has none. */
  readonly body: { readonly mediaType: string; readonly schema: JsonSchema } | undefined;
  /** Undefined when no answer has a JSON body. */
  readonly response: { readonly mediaType: string; readonly schema: JsonSchema } | undefined;
  readonly tags: readonly string[];
  readonly summary: string;
  /** Parts of the document that the client omits, one line each. */
  readonly notes: readonly string[];
}

interface Given {
  readonly document: Document;
  readonly method: DescribedOperation['method'];
  readonly path: string;
  readonly item: Node;
  readonly operation: Node;
}

/** Returns the preferred name of an operation, which another one may have as well. */
export function operationName(method: string, path: string, operation: Node): string {
  const last = pascal(path.split('/').findLast((step) => step !== '' && !step.startsWith('{')) ?? '');
  const wanted = camel(asText(operation['operationId']));
  const name = wanted === '' ? camel(`${method.toLowerCase()} ${last === '' ? 'root' : last}`) : wanted;
  if (!/^[a-z]/.test(name)) return `${method.toLowerCase()}${name}`;
  return name === 'then' || name === 'constructor' ? `${name}Operation` : name;
}

/** Describes an operation. @throws {Error} with the reason why no client can be generated for it */
export function describeOperation(given: Given): Omit<DescribedOperation, 'name' | 'tags'> {
  const { document, method, path, item, operation } = given;
  const notes: string[] = [];
  const common = [...asList(item['parameters']), ...asList(operation['parameters'])];
  const prefix = serverPath([operation, item, document.root]);
  const { path: ownPath, query, headers } = describeParameters(document, path, common, notes);
  const description = asText(operation['summary']) || asText(operation['description']);
  return {
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

const noDefault = 'variable-without-default';

/**
 * Returns the path of the first server in the innermost list of servers. Its host is ignored, because the
 * address of a service is a setting.
 * @throws {Error} when the path cannot be determined
 */
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

function bodyOf(document: Document, method: string, operation: Node): DescribedOperation['body'] {
  if (operation['requestBody'] === undefined || method === 'GET') return undefined;
  const { content, required } = document.resolve(operation['requestBody']);
  const types = Object.keys(asNode(content));
  const mediaType = jsonTypeOf(asNode(content));
  if (mediaType === undefined) {
    if (types.length === 0 || (required !== true && method === 'DELETE')) return undefined;
    throw new Error(`its body is ${types.join(', ')}; clients send JSON`);
  }
  const { schema = true } = asNode(asNode(content)[mediaType]);
  return { mediaType: sentType(mediaType), schema };
}

/**
 * Returns one schema with the alternatives of all successful answers, or the schema of the default answer if
 * the document describes no successful one.
 * @throws {Error} when a read has no answer in JSON
 */
function responseOf({ document, method, operation }: Given, notes: string[]): DescribedOperation['response'] {
  const all = asNode(operation['responses']);
  const statuses = Object.keys(all).filter((status) => /^2(\d\d|XX)$/i.test(status));
  const answers = (statuses.length > 0 ? statuses : ['default'])
    .filter((status) => Object.hasOwn(all, status))
    .map((status) => asNode(document.resolve(all[status])['content']));
  const withBody = answers.flatMap((content) => {
    const type = jsonTypeOf(content);
    return type === undefined ? [] : [{ type: sentType(type), schema: schemaOfMedia(asNode(content[type])) }];
  });
  if (withBody.length === 0) {
    if (method !== 'GET') return undefined;
    const types = answers.flatMap((content) => Object.keys(content));
    throw new Error(
      types.length > 0
        ? `its answer is ${types.join(', ')}; clients read JSON`
        : 'no successful answer has a body',
    );
  }
  if (method === 'GET' && withBody.length < answers.length)
    notes.push('an answer without content counts as a failure of a read');
  const types = new Set(withBody.map(({ type }) => type));
  return {
    mediaType: types.has('application/json') ? 'application/json' : [...types].join(', '),
    schema: anyOf(withBody.map(({ schema }) => schema)),
  };
}
