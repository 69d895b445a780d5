import { asList, asNode, asText, type Document, type Node } from '../document.ts';

const known = new WeakMap<Document, ReadonlyMap<Node, readonly string[]>>();

/**
 * Returns references to the schemas that a discriminator can select: those of its mapping, and those that
 * contain the schema in their `allOf`, which is how OpenAPI 3.0 expresses inheritance.
 */
export function subtypesOf(schema: Node, document: Document): readonly string[] {
  const { mapping } = asNode(schema['discriminator']);
  if (asText(asNode(schema['discriminator'])['propertyName']) === '') return [];
  const mapped = Object.values(asNode(mapping)).map(asText).filter(Boolean);
  const references = mapped.map((each) => (/[#/.]/.test(each) ? each : `#/components/schemas/${each}`));
  const hasAlternatives = asList(schema['oneOf'] ?? schema['anyOf']).length > 0;
  const heirs = hasAlternatives ? [] : (heirsIn(document).get(schema) ?? []);
  return [...new Set([...references, ...heirs])].filter((each) => leadsSomewhere(each, document));
}

/** Returns the schemas of a document that contain a base in their `allOf`, by base. */
function heirsIn(document: Document): ReadonlyMap<Node, readonly string[]> {
  const before = known.get(document);
  if (before) return before;
  const heirs = new Map<Node, string[]>();
  const schemas = asNode(asNode(document.root['components'])['schemas']);
  for (const [name, schema] of Object.entries(schemas))
    for (const part of asList(asNode(schema)['allOf'])) {
      const $ref = asNode(part)['$ref'];
      if (typeof $ref !== 'string' || !leadsSomewhere($ref, document)) continue;
      const base = document.resolve(part);
      const reference = `#/components/schemas/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      heirs.set(base, [...(heirs.get(base) ?? []), reference]);
    }
  known.set(document, heirs);
  return heirs;
}

function leadsSomewhere($ref: string, document: Document): boolean {
  try {
    document.resolve({ $ref });
    return true;
  } catch {
    return false;
  }
}
