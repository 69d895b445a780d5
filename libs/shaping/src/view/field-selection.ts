import { LruCache } from '@bff/service-kit';
import { parseFieldPaths, type FieldStep } from './field-path.ts';

/** A node in the tree of selected paths. */
export class FieldNode {
  /** Whether everything below is selected. */
  whole = false;
  readonly members = new Map<string, FieldNode>();
  readonly items = new Map<number, FieldNode>();
  each: FieldNode | undefined;
  /** List with only this node, created once because selecting needs it for every value. */
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

/** The parts of a view that a client selected. Immutable and shared by all requests with the same text. */
export interface FieldSelection {
  /** Normal form, equal for equal selections in any order or repetition: part of the scope of an ETag. */
  readonly canonical: string;
  readonly root: FieldNode;
}

/** Cache bounded by characters of text; the compiled form takes at most about 60 times as much memory. */
const compiled = new LruCache<FieldSelection>(64 * 1024, { weigh: (_, { length }) => length });

/**
 * Parses `fields=`; cached by text. `parseFieldPaths` documents the grammar.
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

/** Renders the normal form. Recurses at most ten levels, because the grammar limits the steps of a path. */
function render(node: FieldNode, path: string, into: string[]): void {
  if (node.whole) {
    into.push(path);
    return;
  }
  for (const name of [...node.members.keys()].sort())
    render(childAt(node.members, name), path === '' ? name : `${path}.${name}`, into);
  if (node.each) render(node.each, `${path}[*]`, into);
  // Single items add nothing to a selection of all items: `a[*],a[1]` selects as much as `a[*]`.
  if (node.each?.whole) return;
  for (const index of [...node.items.keys()].sort((a, b) => a - b))
    render(childAt(node.items, index), `${path}[${index}]`, into);
}

function childAt<K>(children: Map<K, FieldNode>, key: K): FieldNode {
  let child = children.get(key);
  if (!child) children.set(key, (child = new FieldNode()));
  return child;
}
