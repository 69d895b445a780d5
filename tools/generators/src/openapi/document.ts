import { bundled, hasExternalReferences } from './bundle.ts';
import { parseTree } from './parse-tree.ts';
import { readText } from './read-text.ts';

export type Node = Readonly<Record<string, unknown>>;

/** An OpenAPI document. References are resolved when a value is read through them. */
export interface Document {
  readonly root: Node;
  /**
   * Follows references to an object; returns an empty one for other values. @throws {Error} when a target is
   * missing
   */
  resolve(node: unknown): Node;
  /**
   * Returns the target of one reference, which may itself be a reference with siblings. @throws {Error} when
   * it is missing
   */
  target($ref: string): unknown;
  /** Returns the first resolved reference whose target is this value; undefined when there is none. */
  referenceTo(target: unknown): string | undefined;
}

/**
 * Reads a document. @throws {Error} with one line, when the file cannot be read or is not an OpenAPI document
 */
export async function readDocument(file: string): Promise<Document> {
  const given = parseTree(file, readText(file));
  const root = hasExternalReferences(given) ? await bundled(file, given) : given;
  const { swagger, openapi } = root;
  const isSwagger = /^2(\.0)?$/.test(String(swagger));
  if (!isSwagger && !/^3\.[012](\.|$)/.test(String(openapi)))
    throw new Error(
      `${file} is not an OpenAPI 3 or Swagger 2.0 document: openapi is ${oneLine(String(openapi ?? swagger))}`,
    );
  for (const name of ['paths', 'components', 'info'])
    if (
      root[name] !== undefined &&
      (root[name] === null || typeof root[name] !== 'object' || Array.isArray(root[name]))
    )
      throw new Error(`${file} is not an OpenAPI document: ${name} is not a map`);
  if (!isSwagger) return documentOf(root);
  const { upgradeFromTwoToThree } = await import('@scalar/openapi-upgrader/2.0-to-3.0');
  return documentOf(upgradeFromTwoToThree(root) as Node);
}

/** Creates a document from a parsed document or JSON schema. */
export function documentOf(root: Node): Document {
  const references = new Map<unknown, string>();
  function target($ref: string): unknown {
    if (!$ref.startsWith('#'))
      throw new Error(`${$ref} is in another file; bundle the document first: npx @redocly/cli bundle`);
    const node = at(root, $ref);
    if (node === undefined) throw new Error(`${$ref} leads nowhere`);
    if (!references.has(node)) references.set(node, $ref);
    return node;
  }
  return {
    root,
    target,
    referenceTo: references.get.bind(references),
    resolve(given) {
      const followed = new Set<string>();
      let node = given;
      for (;;) {
        const { $ref } = asNode(node);
        if (typeof $ref !== 'string') return asNode(node);
        if (followed.has($ref)) throw new Error(`${$ref} refers to itself`);
        followed.add($ref);
        node = target($ref);
      }
    },
  };
}

export const asNode = (value: unknown): Node =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Node) : {};
export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
export const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Resolves a JSON Pointer (RFC 6901) in a fragment. */
function at(root: Node, $ref: string): unknown {
  const steps = $ref.split('/').slice(1);
  return steps.reduce<unknown>((node, step) => {
    const name = decode(step).replaceAll('~1', '/').replaceAll('~0', '~');
    return node !== null && typeof node === 'object' && Object.hasOwn(node, name)
      ? (node as Node)[name]
      : undefined;
  }, root);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Returns a text of a document safe for printing: on one line and without control characters. */
export const oneLine = (text: string): string => text.replaceAll(/[\p{C}\s]+/gu, ' ').slice(0, 200);
