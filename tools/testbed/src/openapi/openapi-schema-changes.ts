/** A JSON Schema or another part of an OpenAPI document. */
export type Node = { readonly [member: string]: unknown };

export const at = (node: unknown, name: string): Node => ((node as Node | undefined)?.[name] ?? {}) as Node;
export interface Documents {
  readonly before: Node;
  readonly after: Node;
}

export type Direction = 'request' | 'answer';

/**
 * Returns one line for each change that breaks clients.
 * @param seen pairs of references whose comparison is in progress; they are skipped, because a schema may
 * contain itself
 */
export function schemaChanges(
  oldNode: unknown,
  node: unknown,
  where: string,
  documents: Documents,
  direction: Direction,
  seen: readonly string[] = [],
): string[] {
  const pair = `${(oldNode as Node)['$ref']} ${(node as Node)['$ref']}`;
  if (seen.includes(pair)) return [];
  const inner = (oldNode as Node)['$ref'] ? [...seen, pair] : seen;
  const before = resolved(oldNode, documents.before);
  const after = resolved(node, documents.after);
  const found: string[] = [];

  const oldTypes = typesOf(before);
  const types = typesOf(after);
  // The only compatible changes: a request accepts more types than before, or an answer can have fewer.
  const [narrow, wide] = direction === 'request' ? [oldTypes, types] : [types, oldTypes];
  if (wide && (!narrow || narrow.some((type) => !wide.includes(type))))
    found.push(`${where}: type was ${oldTypes ?? 'any'}, is ${types ?? 'any'}`);

  found.push(...enumChanges(before['enum'], after['enum'], where, direction));

  for (const [name, old] of Object.entries(at(before, 'properties'))) {
    const member = at(after, 'properties')[name];
    if (member === undefined) found.push(`${where}.${name}: is gone`);
    else found.push(...schemaChanges(old, member, `${where}.${name}`, documents, direction, inner));
  }
  const oldRequired = (before['required'] ?? []) as readonly string[];
  const required = (after['required'] ?? []) as readonly string[];
  if (direction === 'request')
    for (const name of required)
      if (!oldRequired.includes(name)) found.push(`${where}.${name}: is now required`);
  if (direction === 'answer')
    for (const name of oldRequired)
      if (!required.includes(name) && at(after, 'properties')[name] !== undefined)
        found.push(`${where}.${name}: is no longer always there`);

  for (const name of ['items', 'additionalProperties'])
    if (typeof before[name] === 'object' && typeof after[name] === 'object')
      found.push(...schemaChanges(before[name], after[name], `${where}[*]`, documents, direction, inner));

  const oldAlternatives = alternativesOf(before);
  const alternatives = alternativesOf(after);
  if (oldAlternatives.length > alternatives.length) found.push(`${where}: an alternative is gone`);
  for (const [index, old] of oldAlternatives.entries())
    if (index < alternatives.length)
      found.push(
        ...schemaChanges(old, alternatives[index], `${where}|${index}`, documents, direction, inner),
      );
  return found;
}

function enumChanges(before: unknown, after: unknown, where: string, direction: Direction): string[] {
  if (!Array.isArray(before)) {
    const closed = Array.isArray(after) && direction === 'request';
    return closed ? [`${where}: only some values are allowed now`] : [];
  }
  if (!Array.isArray(after)) return direction === 'answer' ? [`${where}: any value is possible now`] : [];
  return before
    .filter((value) => !after.includes(value))
    .map((value) => `${where}: value ${JSON.stringify(value)} is gone`);
}

const alternativesOf = (schema: Node): readonly unknown[] =>
  (schema['anyOf'] ?? schema['oneOf'] ?? []) as readonly unknown[];

/** Returns the types of a schema, where `number` includes `integer`; undefined: any type. */
function typesOf({ type }: Node): readonly string[] | undefined {
  if (type === undefined) return undefined;
  return (Array.isArray(type) ? type : [type]).flatMap((each) =>
    each === 'number' ? ['number', 'integer'] : each,
  );
}

/**
 * Resolves a reference.
 * @throws {TypeError} when the target is missing, because a schema that cannot be compared must not be
 * accepted
 */
export function resolved(node: unknown, document: Node): Node {
  const pointer = (node as Node)['$ref'];
  if (typeof pointer !== 'string') return node as Node;
  let target: unknown = document;
  for (const step of pointer.replace(/^#\//, '').split('/')) target = (target as Node | undefined)?.[step];
  if (target === undefined) throw new TypeError(`${pointer} leads nowhere`);
  return resolved(target, document);
}
