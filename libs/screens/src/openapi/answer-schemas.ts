import type { JsonNode } from '@bff/shaping';
import { z } from 'zod';

const componentPath = '#/components/schemas/';

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
    const { $defs = {}, ...outer } = rewritten(made) as JsonNode & { $defs?: Record<string, JsonNode> };
    const own = String(outer['$ref'] ?? '').replace(componentPath, '');
    const node = without(['$schema', 'id'], $defs[own] ?? outer);
    for (const [name, inner] of Object.entries($defs))
      // The answer's own id is only needed when a nested schema refers to it.
      if (name !== own || JSON.stringify($defs).includes(`"${componentPath}${own}"`)) this.put(name, inner);
    this.put(id, change(node));
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

function rewritten(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(rewritten);
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => [
      name,
      name === '$ref' && typeof value === 'string'
        ? value.replace('#/$defs/', componentPath)
        : rewritten(value),
    ]),
  );
}
