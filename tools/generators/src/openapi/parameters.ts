import { camel, uniqueName } from '../source/names.ts';
import { asText, type Document, type Node } from './document.ts';
import { formOf, type Scalar } from './json-schema.ts';

/** A parameter of the query or a header field. */
export interface Parameter {
  readonly name: string;
  readonly types: ReadonlySet<Scalar>;
  readonly isList: boolean;
  readonly isRequired: boolean;
}

export interface Parameters {
  readonly path: string;
  readonly query: readonly Parameter[];
  readonly headers: readonly Parameter[];
}

/** OpenAPI has these ignored, the client has them as options of a call, or HTTP does not let them be set. */
const ownHeaders = new Set([
  'accept', 'content-type', 'authorization', 'if-match', 'if-none-match', 'if-modified-since', 'idempotency-key',
  'accept-encoding', 'x-internal-bff', 'x-tenant-id', 'traceparent', 'tracestate', 'x-request-id', 'x-request-timeout-ms',
  'content-length', 'host', 'connection', 'keep-alive', 'transfer-encoding', 'cookie', 'te', 'upgrade', 'expect',
]); // prettier-ignore
const headerSyntax = /^[!#$%&'*+.^_`|~\w-]+$/;

/** @param notes what is left out is added here @throws {Error} when a required one cannot be sent */
export function describeParameters(document: Document, path: string, given: readonly unknown[], notes: string[]): Parameters {
  // Those of the operation come last and win by name and place.
  const all = new Map<string, Node>();
  for (const each of given.map((node) => document.resolve(node)))
    all.set(`${asText(each['in'])} ${asText(each['in']) === 'header' ? asText(each['name']).toLowerCase() : asText(each['name'])}`, each);
  const query: Parameter[] = [];
  const headers: Parameter[] = [];
  const taken = new Set<string>();
  for (const node of all.values()) {
    const [name, place] = [asText(node['name']), asText(node['in'])];
    const isRequired = node['required'] === true;
    if (place === 'path' || (place === 'header' && ownHeaders.has(name.toLowerCase()))) continue;
    const reason = unsupported(node, document) ?? (taken.has(name) ? 'another parameter has its name' : undefined);
    if (reason !== undefined) {
      if (isRequired) throw new Error(`it requires the ${place} parameter ${name}: ${reason}`);
      notes.push(`without the ${place} parameter ${name}: ${reason}`);
      continue;
    }
    taken.add(name);
    const parameter = { name, isRequired, ...valueOf(node, document) };
    if (place === 'query') query.push(parameter);
    else headers.push(parameter);
  }
  return { path: withIdentifiers(path, taken), query, headers };
} // prettier-ignore

/** Why a client cannot send it; undefined when it can. */
function unsupported(node: Node, document: Document): string | undefined {
  const [name, place] = [asText(node['name']), asText(node['in'])];
  if (place !== 'query' && place !== 'header') return 'clients send no cookies';
  if (name === '' || name === '__proto__') return 'it has no usable name';
  if (place === 'header' && !headerSyntax.test(name)) return 'it is not the name of a header field';
  if (node['content'] !== undefined) return 'its value is a document';
  const form = formOf(node['schema'] ?? true, document, 'body');
  if (form.object && form.scalars.size === 0) return 'its value is an object';
  if (form.items !== undefined && place === 'query' && node['explode'] === false)
    return 'clients repeat the name of a list instead of joining its values';
  return undefined;
}

function valueOf({ schema = true }: Node, document: Document): Pick<Parameter, 'types' | 'isList'> {
  const form = formOf(schema, document, 'body');
  const isList = form.items !== undefined && form.scalars.size === 0;
  const { scalars } = isList ? formOf(form.items, document, 'body') : form;
  return { types: scalars.size > 0 ? scalars : new Set<Scalar>(['string']), isList };
}

/** The path with its literals encoded, and each parameter under a name that is an identifier of its own. @throws {Error} */
function withIdentifiers(path: string, taken: Set<string>): string {
  if (/[?#]/.test(path)) throw new Error('its path has a query or a fragment');
  const names = new Map<string, string>();
  return path
    .split(/(\{[^{}]*\})/)
    .map((step, index) => {
      if (index % 2 === 0) return encodedLiterals(step);
      const given = step.slice(1, -1);
      if (names.has(given)) throw new Error(`its path has the parameter ${given} twice`);
      const identifier = /^[A-Za-z]\w*$/.test(given) ? given : camel(given);
      const name = uniqueName(/^[A-Za-z]/.test(identifier) ? identifier : `parameter${identifier}`, (each) => taken.has(each)); // prettier-ignore
      names.set(given, name);
      taken.add(name);
      return `{${name}}`;
    })
    .join('');
}

/** RFC 3986, section 3.3: what is not a character of a path is encoded; braces of parameters stay. */
export const encodedLiterals = (path: string): string =>
  path.replaceAll(/%[\dA-Fa-f]{2}|[^\w.~!$&'()*+,;=:@/-]/gu, (found) =>
    found.length === 3 && found.startsWith('%') ? found : encodeURIComponent(found),
  );
