import { RecentlyUsed } from '@bff/service-kit';
import { parseFieldPaths, type FieldStep } from './field-path.ts';

/** A place in the tree of selected paths. */
export class FieldNode {
  /** Everything from here down is selected. */
  whole = false;
  readonly members = new Map<string, FieldNode>();
  readonly items = new Map<number, FieldNode>();
  each: FieldNode | undefined;
  /** This node as the list that selection works on, made once. */
  readonly alone: readonly FieldNode[] = [this];

  descend(step: FieldStep): FieldNode {
    switch (step.kind) {
      case 'each':
        return (this.each ??= new FieldNode());
      case 'member':
        return childAt(this.members, step.name);
      case 'item':
        return childAt(this.items, step.index);
    }
  }
}

/** Which parts of a view a client asked for. Immutable and shared by every request with the same text. */
export interface FieldSelection {
  /** The same for the same selection however it was ordered or repeated: belongs into the scope of an ETag. */
  readonly canonical: string;
  readonly root: FieldNode;
}

/** Characters of text; the compiled form of the worst text takes about 60 times as much memory. */
const compiled = new RecentlyUsed<FieldSelection>(64 * 1024, { weigh: (_, { length }) => length });

/**
 * Reads `fields=`; a selection already seen costs a look-up. The grammar stands at `parseFieldPaths`.
 *
 * @throws {Problem} `invalid-fields` (400)
 */
export function parseFields(text: string): FieldSelection {
  const known = compiled.get(text);
  if (known) return known;
  const selection = compile(parseFieldPaths(text));
  compiled.set(text, selection);
  return selection;
}

function compile(paths: readonly FieldStep[][]): FieldSelection {
  const root = new FieldNode();
  for (const path of paths) {
    let node = root;
    for (const step of path) node = node.descend(step);
    node.whole = true;
  }
  const canonical: string[] = [];
  render(root, '', canonical);
  return { canonical: canonical.join(','), root };
}

/** At most ten levels deep: the grammar bounds the recursion. */
function render(node: FieldNode, path: string, into: string[]): void {
  if (node.whole) {
    into.push(path);
    return;
  }
  for (const name of [...node.members.keys()].sort())
    render(childAt(node.members, name), path === '' ? name : `${path}.${name}`, into);
  if (node.each) render(node.each, `${path}[*]`, into);
  // `a[*],a[1]` says no more than `a[*]`.
  if (node.each?.whole) return;
  for (const index of [...node.items.keys()].sort((a, b) => a - b))
    render(childAt(node.items, index), `${path}[${index}]`, into);
}

function childAt<K>(children: Map<K, FieldNode>, key: K): FieldNode {
  let child = children.get(key);
  if (!child) children.set(key, (child = new FieldNode()));
  return child;
}
