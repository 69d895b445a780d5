import type { JsonNode } from '@bff/shaping';
import { z } from 'zod';

/**
 * Keywords of JSON Schema that a reader of a result needs. Bounds and patterns are left out: they only help
 * programs, and use up tokens of every context window.
 */
const kept = new Set([
  'type',
  'properties',
  'items',
  'enum',
  'const',
  'anyOf',
  'additionalProperties',
  'description',
  '$ref',
  '$defs',
]);

/**
 * Returns the JSON Schema of a result in few bytes. Every member is optional, because a policy or `fields`
 * may remove it. Every item of an array may be null, because `fields` replaces unselected items by null.
 * @param hidden paths of members that are never shown
 */
export function compactSchema(schema: z.ZodType, hidden: readonly string[]): JsonNode {
  const node = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }) as JsonNode;
  const definitions = (node['$defs'] ?? {}) as Readonly<Record<string, JsonNode>>;
  const isHidden = new Set(hidden);
  const open: string[] = [];

  function compact(at: JsonNode, path: string): JsonNode {
    const [, name] = /^#\/\$defs\/(.+)$/.exec(String(at['$ref'] ?? '')) ?? [];
    if (name !== undefined) {
      // A recursive schema has no end, so it accepts any value below its first level.
      if (open.includes(name)) return {};
      open.push(name);
      const inner = compact(
        { ...definitions[name], ...(at['description'] !== undefined && { description: at['description'] }) },
        path,
      );
      open.pop();
      return inner;
    }
    const entries = Object.entries(at).flatMap(([key, value]): [string, unknown][] => {
      if (!kept.has(key) || key === '$defs') return [];
      if (key === 'properties') return [[key, properties(value as Record<string, JsonNode>, path)]];
      if (key === 'items') return [[key, orNull(compact(value as JsonNode, `${path}[*]`))]];
      if (key === 'anyOf')
        return [[key, (value as JsonNode[]).map((alternative) => compact(alternative, path))]];
      if (key === 'additionalProperties') {
        const inner = typeof value === 'object' ? compact(value as JsonNode, path) : {};
        return Object.keys(inner).length === 0 ? [] : [[key, inner]];
      }
      return [[key, value]];
    });
    return Object.fromEntries(entries);
  }

  function properties(members: Readonly<Record<string, JsonNode>>, path: string): JsonNode {
    const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
    return Object.fromEntries(
      Object.entries(members).flatMap(([name, member]) =>
        isHidden.has(at(name)) ? [] : [[name, compact(member, at(name))]],
      ),
    );
  }

  return compact(node, '');
}

const orNull = (node: JsonNode): JsonNode =>
  typeof node['type'] === 'string' ? { ...node, type: [node['type'], 'null'] } : node;
