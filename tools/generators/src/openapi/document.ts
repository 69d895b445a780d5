import { readFileSync, statSync } from 'node:fs';
import { parse } from 'yaml';

export type Node = Readonly<Record<string, unknown>>;

/** An OpenAPI document; its references are followed when something is read through one. */
export interface Document {
  readonly root: Node;
  /** Follows references until there is an object; an empty one where there is none. @throws {Error} when one leads nowhere */
  resolve(node: unknown): Node;
  /** What one reference leads to, which may be a reference beside other keywords. @throws {Error} when it leads nowhere */
  target($ref: string): unknown;
}

const maxBytes = 32 * 2 ** 20;

/** @throws {Error} in one line, when the file cannot be read or is not an OpenAPI 3 document */
export function readDocument(file: string): Document {
  const root = parsed(file, read(file));
  if (root['swagger'] !== undefined)
    throw new Error(
      `${file} is Swagger ${String(root['swagger'])}; convert it to OpenAPI 3: npx swagger2openapi --outfile openapi.json ${file}`,
    );
  if (!/^3\.[012](\.|$)/.test(String(root['openapi'])))
    throw new Error(`${file} is not an OpenAPI 3 document: openapi is ${String(root['openapi'])}`);
  return documentOf(root);
}

/** A document, or a JSON schema, that is in memory. */
export function documentOf(root: Node): Document {
  function target($ref: string): unknown {
    if (!$ref.startsWith('#')) throw new Error(`${$ref} is in another file; bundle the document first: npx @redocly/cli bundle`); // prettier-ignore
    const node = at(root, $ref);
    if (node === undefined) throw new Error(`${$ref} leads nowhere`);
    return node;
  }
  return {
    root,
    target,
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

/** RFC 6901, in a fragment. */
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

function read(file: string): string {
  try {
    const { size } = statSync(file);
    if (size > maxBytes) throw new Error(`it has ${Math.round(size / 2 ** 20)} MB, and at most 32 are read`);
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`cannot read ${file}: ${(error as Error).message}`, { cause: error });
  }
}

function parsed(file: string, text: string): Node {
  let document: unknown;
  try {
    // Much faster than the YAML parser, and the same for JSON.
    document = /^\s*\{/.test(text) ? JSON.parse(text) : parse(text);
  } catch (error) {
    const [line] = (error as Error).message.split('\n');
    throw new Error(`${file} is neither JSON nor YAML: ${line}`, { cause: error });
  }
  if (document === null || typeof document !== 'object' || Array.isArray(document))
    throw new Error(`${file} is neither JSON nor YAML`);
  return document as Node;
}
