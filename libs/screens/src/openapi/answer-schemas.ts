import { inputSchema, mapReferences, type JsonNode } from '@bff/shaping';
import { z } from 'zod';

const componentPath = '#/components/schemas/';
/** Matches a reference to a definition of the same standalone schema. */
const definition = /^#\/\$defs\/(.+)$/;
/** Matches the name that zod gives to a definition without an id. */
const anonymous = /^__schema(?=\d+$)/;
const partOf = (name: string): string => name.replace(anonymous, 'Part');

/**
 * Collects the JSON schemas of answers and of every nested schema with an id
 * (`z.object({...}).meta({ id: 'Thing' })`). Members are optional, because a policy or `fields=` may remove
 * any of them; additional members are allowed, because contracts grow.
 * @throws {TypeError} when two schemas of one id differ
 */
export class AnswerSchemas {
  readonly #schemas = new Map<string, JsonNode>();

  add(id: string, schema: z.ZodType, change: (node: JsonNode) => JsonNode = (node) => node): void {
    const made = z.toJSONSchema(schema, {
      unrepresentable: 'any',
      override: ({ jsonSchema }) => {
        delete jsonSchema.required;
        if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
      },
    });
    const nameOf = (name: string): string => (anonymous.test(name) ? id + partOf(name) : name);
    const { root, parts } = componentsOf(made as JsonNode, id, nameOf);
    const own = String(root['$ref'] ?? '').replace(componentPath, '');
    const node = without(['id'], parts[own] ?? root);
    for (const [name, part] of Object.entries(parts))
      // The answer's own id is only needed when a nested schema refers to it.
      if (name !== own || JSON.stringify(parts).includes(`"${componentPath}${own}"`)) this.put(name, part);
    this.put(id, change(node));
  }

  /**
   * Returns the schema of a body. Schemas that it refers to become components, also the body itself if it is
   * recursive, because a reference is resolved against the whole document. Bodies and answers share no
   * component, because all members of an answer are optional.
   * @param id prefix of the names of the parts
   */
  body(id: string, schema: z.ZodType): JsonNode {
    const { root, parts } = componentsOf(inputSchema(schema), id, (name) => id + partOf(name));
    for (const [name, part] of Object.entries(parts)) this.put(name, part);
    return root;
  }

  /** Adds a schema unchanged. */
  put(id: string, given: JsonNode): void {
    const node = without(['id'], given);
    const known = this.#schemas.get(id);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(node))
      throw new TypeError(`two schemas have the id "${id}" and differ`);
    this.#schemas.set(id, node);
  }

  all(): Readonly<Record<string, JsonNode>> {
    return Object.fromEntries(this.#schemas);
  }
}

const without = (names: readonly string[], node: JsonNode): JsonNode =>
  Object.fromEntries(Object.entries(node).filter(([name]) => !names.includes(name)));

interface Components {
  readonly root: JsonNode;
  /** Schemas that the root and the parts refer to, by name. */
  readonly parts: Readonly<Record<string, JsonNode>>;
}

/**
 * Splits a standalone JSON schema into components of a document. A root that refers to itself also becomes a
 * part, named after `id`.
 * @param nameOf returns the name of a definition's component
 */
function componentsOf(schema: JsonNode, id: string, nameOf: (name: string) => string): Components {
  let isRecursive = false;
  const targetOf = (reference: string): string => {
    if (reference === '#') isRecursive = true;
    return reference === '#'
      ? `${componentPath}${id}Part`
      : reference.replace(definition, (_, name: string) => componentPath + nameOf(name));
  };
  const { $defs = {}, ...outer } = mapReferences(schema, targetOf) as JsonNode & {
    $defs?: Record<string, JsonNode>;
  };
  const root = without(['$schema'], outer);
  const named = Object.entries($defs).map(([name, part]) => [nameOf(name), part] as const);
  return { root, parts: Object.fromEntries(isRecursive ? [...named, [`${id}Part`, root]] : named) };
}
