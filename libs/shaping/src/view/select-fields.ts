import type { FieldNode, FieldSelection } from './field-selection.ts';
import { isArray, isContainer, type Json, type JsonObject } from './json.ts';

/**
 * Returns the selected part of a view. Members keep the order of the view, and nothing is added.
 *
 * - A member step matches an object that has the member, `[*]` matches every array, even an empty one, `[n]`
 *   an array longer than `n`. A path that does not match is left out together with the objects on the path.
 * - A matched array keeps its length and order. An item without a selected part is replaced by `{}` if it is
 *   an object, otherwise by `null`: `things[1].id` of three things gives `[{}, {"id": ...}, {}]`.
 *
 * The result shares the selected parts with the view, which is not changed.
 */
export function selectFields(view: Json, selection: FieldSelection): Json {
  return pick(view, selection.root.alone) ?? emptyPlace(view);
}

/** Returns the parts of a value that its selection nodes select, or undefined when none of them matches. */
function pick(value: Json | undefined, nodes: readonly FieldNode[]): Json | undefined {
  for (const node of nodes) if (node.whole) return value;
  if (isArray(value)) return pickItems(value, nodes);
  return isContainer(value) ? pickMembers(value, nodes) : undefined;
}

function pickMembers(value: JsonObject, nodes: readonly FieldNode[]): JsonObject | undefined {
  let picked: Record<string, Json> | undefined;
  for (const name of Object.keys(value)) {
    const below = atMember(nodes, name);
    if (below.length === 0) continue;
    const member = pick(value[name], below);
    if (member !== undefined) (picked ??= {})[name] = member;
  }
  return picked;
}

function pickItems(value: readonly Json[], nodes: readonly FieldNode[]): Json[] | undefined {
  const each = nodes.flatMap((node) => node.each ?? []);
  const indexed = nodes.filter((node) => node.items.size > 0);
  const matches =
    each.length > 0 || indexed.some((node) => [...node.items.keys()].some((index) => index < value.length));
  if (!matches) return undefined;
  return value.map((item, index) => {
    const here = indexed.length === 0 ? each : [...each, ...atItem(indexed, index)];
    return pick(item, here) ?? emptyPlace(item);
  });
}

const none: readonly FieldNode[] = [];

function atMember(nodes: readonly FieldNode[], name: string): readonly FieldNode[] {
  const [first] = nodes;
  if (first && nodes.length === 1) return first.members.get(name)?.alone ?? none;
  return nodes.flatMap((node) => node.members.get(name) ?? []);
}

function atItem(nodes: readonly FieldNode[], index: number): FieldNode[] {
  return nodes.flatMap((node) => node.items.get(index) ?? []);
}

function emptyPlace(value: Json): Json {
  return isContainer(value) && !isArray(value) ? {} : null;
}
