import type { Delimiter } from '@bff/upstream-clients';
import { camel, uniqueName } from '../source/names.ts';
import { asList, asNode, asText, type Document, type Node } from './document.ts';
import { ownFields } from './schema/own-fields.ts';
import { formOf, type JsonSchema, type Scalar } from './schema/json-schema.ts';

/** A query parameter or header field. */
export interface Parameter {
  readonly name: string;
  readonly types: ReadonlySet<Scalar>;
  readonly isList: boolean;
  readonly isRequired: boolean;
  /** Delimiter that joins list items to one value; undefined: each item is sent as its own parameter. */
  readonly delimiter: Delimiter | undefined;
  /** Value that is sent when the caller gives none. */
  readonly fallback: string | number | boolean | undefined;
  /** Whether the fallback is the only allowed value. */
  readonly isConstant: boolean;
}

export interface Parameters {
  readonly path: string;
  readonly query: readonly Parameter[];
  readonly headers: readonly Parameter[];
}

const headerSyntax = /^[!#$%&'*+.^_`|~\w-]+$/;

/**
 * Describes the parameters of an operation. @param notes collects omitted parameters @throws {Error} when a
 * required one cannot be sent
 */
export function describeParameters(
  document: Document,
  path: string,
  given: readonly unknown[],
  notes: string[],
): Parameters {
  // Parameters of the operation come last and override those of the path with the same name and place.
  const all = new Map<string, Node>();
  for (const each of given.map((node) => document.resolve(node)))
    all.set(
      `${asText(each['in'])} ${asText(each['in']) === 'header' ? asText(each['name']).toLowerCase() : asText(each['name'])}`,
      each,
    );
  const query: Parameter[] = [];
  const headers: Parameter[] = [];
  const taken = new Set<string>();
  for (const node of all.values()) {
    const [name, place] = [asText(node['name']), asText(node['in'])];
    if (place === 'path') {
      const style = asText(node['style']) || 'simple';
      if (style !== 'simple')
        throw new Error(`it requires the path parameter ${name}: its style is ${style}`);
      continue;
    }
    const isRequired = node['required'] === true;
    const own = place === 'header' ? ownFields.get(name.toLowerCase()) : undefined;
    if (own !== undefined) {
      if (isRequired && own !== '') notes.push(`requires the header parameter ${name}: ${own}`);
      continue;
    }
    const found = parametersOf(node, document);
    const reason =
      typeof found === 'string'
        ? found
        : found.some((each) => taken.has(each.name))
          ? 'another parameter has its name'
          : undefined;
    if (typeof found === 'string' || reason !== undefined) {
      if (isRequired) throw new Error(`it requires the ${place} parameter ${name}: ${reason}`);
      notes.push(`without the ${place} parameter ${name}: ${reason}`);
      continue;
    }
    for (const parameter of found) taken.add(parameter.name);
    (place === 'query' ? query : headers).push(...found);
  }
  return { path: withIdentifiers(path, taken), query, headers };
}

/**
 * Returns the parameters that are sent for a described one: one, or one for each member of an object. Returns
 * the reason as text if it cannot be sent.
 */
function parametersOf(node: Node, document: Document): readonly Parameter[] | string {
  const [name, place] = [asText(node['name']), asText(node['in'])];
  if (place !== 'query' && place !== 'header') return 'clients send no cookies';
  if (name === '' || name in Object.prototype) return 'it has no usable name';
  if (place === 'header' && !headerSyntax.test(name)) return 'it is not the name of a header field';
  if (node['content'] !== undefined) return 'its value is a document';
  const { schema = true } = node;
  const isRequired = node['required'] === true;
  const form = formOf(schema, document, 'body');
  if (!form.object || form.scalars.size > 0) {
    const delimiter = place === 'query' ? delimiterOf(node) : undefined;
    return [parameterOf(name, schema, isRequired, delimiter, document)];
  }
  const style = asText(node['style']) || 'form';
  const isSpread = style === 'form' && node['explode'] !== false;
  if (place === 'header' || !(isSpread || style === 'deepObject')) return 'its value is an object';
  const members = [...form.object.properties].filter(([member]) => !(isSpread && member in Object.prototype));
  if (members.length === 0) return 'its value is an object with any member names';
  const isStructure = ([, each]: (typeof members)[number]) => {
    const { object, items, scalars } = formOf(each, document, 'body');
    return scalars.size === 0 && (object !== undefined || (items !== undefined && !isSpread));
  };
  const inner = members.find(isStructure);
  if (inner) return `its member ${inner[0]} is an object or a list`;
  return members.map(([member, each]) =>
    parameterOf(
      isSpread ? member : `${name}[${member}]`,
      each,
      isRequired && !!form.object?.required.has(member),
      undefined,
      document,
    ),
  );
}

/** Returns the delimiter of a list, if it is not exploded; OpenAPI explodes only `form` by default. */
function delimiterOf({ style, explode }: Node): Delimiter | undefined {
  if (style === 'spaceDelimited') return explode === true ? undefined : ' ';
  if (style === 'pipeDelimited') return explode === true ? undefined : '|';
  return explode === false ? ',' : undefined;
}

function parameterOf(
  name: string,
  schema: JsonSchema,
  isRequired: boolean,
  delimiter: Delimiter | undefined,
  document: Document,
): Parameter {
  const form = formOf(schema, document, 'body');
  const isList = form.items !== undefined && form.scalars.size === 0;
  const { scalars } = isList ? formOf(form.items, document, 'body') : form;
  const node = document.resolve(schema);
  const values = 'const' in node ? [node['const']] : asList(node['enum']);
  const isConstant = isRequired && !isList && values.length === 1 && isScalar(values[0]);
  const fallback = isConstant ? values[0] : isRequired && !isList ? asNode(node)['default'] : undefined;
  return {
    name,
    types: scalars.size > 0 ? scalars : new Set<Scalar>(['string']),
    isList,
    isRequired,
    delimiter: isList ? delimiter : undefined,
    fallback: isScalar(fallback) && (isConstant || fits(fallback, scalars)) ? fallback : undefined,
    isConstant,
  };
}

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || Number.isFinite(value) || typeof value === 'boolean';

const fits = (value: string | number | boolean, types: ReadonlySet<Scalar>): boolean =>
  typeof value === 'number'
    ? types.has('number') || (types.has('integer') && Number.isSafeInteger(value))
    : types.has(typeof value as Scalar);

/**
 * Returns the path with encoded literals, and each parameter renamed to a unique identifier. @throws {Error}
 */
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
      const name = uniqueName(
        /^[A-Za-z]/.test(identifier) ? identifier : `parameter${identifier}`,
        (each) => taken.has(each) || each in Object.prototype,
      );
      names.set(given, name);
      taken.add(name);
      return `{${name}}`;
    })
    .join('');
}

/**
 * Encodes characters that a path may not contain (RFC 3986, section 3.3), except the braces of parameters.
 */
export const encodedLiterals = (path: string): string =>
  path
    .toWellFormed()
    .replaceAll(/%[\dA-Fa-f]{2}|[^\w.~!$&'()*+,;=:@/-]/gu, (found) =>
      found.length === 3 && found.startsWith('%') ? found : encodeURIComponent(found),
    );
