import { asList, asNode, type Node } from '../openapi/document.ts';

/**
 * Removes the members that lead back to the schema that contains them. Otherwise the OpenAPI document and the
 * type of an answer would have to name anonymous schemas; and a screen that shows a tree should limit its
 * depth.
 *
 * @param root a JSON schema with its `$defs`, as zod writes it
 * @param notes collects the removed members
 */
export function withoutRecursion(root: Node, notes: string[]): Node {
  const { $defs, ...own } = root;
  const schemas = new Map<string, unknown>([
    ['#', own],
    ...Object.entries(asNode($defs)).map(([name, each]) => [`#/$defs/${name}`, each] as const),
  ]);
  const reached = new Map([...schemas.keys()].map((name) => [name, reachableFrom(name, schemas)]));

  /** Copies a schema without recursive members. @param owner reference to the schema that is being written */
  function pruned(node: unknown, owner: string): unknown {
    if (Array.isArray(node)) return node.map((each) => pruned(each, owner));
    if (node === null || typeof node !== 'object') return node;
    const leadsBack = (each: unknown) =>
      referencesIn(each).some(($ref) => $ref === owner || reached.get($ref)?.has(owner));
    const { $ref, properties, required, ...others } = node as Node;
    // A reference that leads back is here an item or an alternative, because members that lead back were
    // removed: any value is allowed instead.
    if (typeof $ref === 'string') return leadsBack({ $ref }) ? {} : node;
    const members = Object.entries(asNode(properties));
    const left = members.filter(([, member]) => leadsBack(member)).map(([name]) => name);
    notes.push(...left.map((name) => `without the member ${name}: it contains itself`));
    const kept = members.filter(([name]) => !left.includes(name));
    return {
      ...(properties === undefined
        ? {}
        : { properties: Object.fromEntries(kept.map(([name, member]) => [name, pruned(member, owner)])) }),
      ...(required === undefined
        ? {}
        : { required: asList(required).filter((name) => !left.includes(String(name))) }),
      ...Object.fromEntries(Object.entries(others).map(([name, each]) => [name, pruned(each, owner)])),
    };
  }

  const [self, ...definitions] = [...schemas].map(([name, each]) => [name, pruned(each, name)] as const);
  const defs = definitions.map(([name, each]) => [name.replace('#/$defs/', ''), each] as const);
  return { ...asNode(self?.[1]), ...($defs === undefined ? {} : { $defs: Object.fromEntries(defs) }) };
}

function referencesIn(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(referencesIn);
  if (node === null || typeof node !== 'object') return [];
  const { $ref } = node as Node;
  return typeof $ref === 'string' ? [$ref] : Object.values(node).flatMap(referencesIn);
}

/** Returns the references that a schema contains directly or indirectly. */
function reachableFrom(name: string, schemas: ReadonlyMap<string, unknown>): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = [...referencesIn(schemas.get(name))];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    pending.push(...referencesIn(schemas.get(next)));
  }
  return found;
}
