import { LineCounter, parseDocument } from 'yaml';

type Tree = Readonly<Record<string, unknown>>;

/**
 * Maximum number of objects and lists, counted at each place where an alias repeats them. Documents of 32 MB
 * have two million.
 */
const maxNodes = 5_000_000;
const maxDepth = 3_000;

/** Parses JSON or YAML. @throws {Error} with one line that begins with the file name */
export function parseTree(file: string, text: string): Tree {
  const refuse = refusalOf(file);
  if (text.trim() === '') refuse('is empty');
  const tree = /^\s*[{[]/.test(text) ? parsedJson(text, refuse) : parsedYaml(text, refuse);
  if (tree === null || typeof tree !== 'object' || Array.isArray(tree))
    refuse('is neither JSON nor YAML of an OpenAPI document: it is not a map');
  checkTree(file, tree as Tree);
  return tree as Tree;
}

type Refuse = (reason: string) => never;
const refusalOf =
  (file: string): Refuse =>
  (reason) => {
    throw new Error(`${file} ${reason}`);
  };

function parsedJson(text: string, refuse: Refuse): unknown {
  let tree: unknown;
  try {
    tree = JSON.parse(text);
  } catch (error) {
    // A text that begins with a brace can be YAML. Tried only for small files, because the parser of YAML
    // takes a minute for a large invalid one.
    if (text.length < 2 ** 20)
      try {
        return parsedYaml(text, refuse);
      } catch {
        // The error of JSON.parse is reported below, because it is more precise.
      }
    return refuse(`is neither JSON nor YAML: ${messageOf(error)}`);
  }
  // JSON.parse silently keeps the last of duplicate members, so the number of names in the text is compared
  // with the tree.
  let names = 0;
  for (const [, colon] of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/gs)) if (colon !== undefined) names += 1;
  if (names > countNames(tree)) refuse('has an object with two members of one name');
  return tree;
}

function countNames(tree: unknown): number {
  let count = 0;
  const open = [tree];
  while (open.length > 0) {
    const node = open.pop();
    if (node === null || typeof node !== 'object') continue;
    const values = Object.values(node);
    if (!Array.isArray(node)) count += values.length;
    for (const value of values) open.push(value);
  }
  return count;
}

function parsedYaml(text: string, refuse: Refuse): unknown {
  try {
    const lineCounter = new LineCounter();
    const document = parseDocument(text, { merge: true, lineCounter });
    const [error] = document.errors;
    if (error) throw error;
    return document.toJS();
  } catch (error) {
    return refuse(`is neither JSON nor YAML: ${messageOf(error)}`);
  }
}

const messageOf = (error: unknown): string =>
  error instanceof RangeError ? 'it is nested too deep' : ((error as Error).message.split('\n')[0] ?? '');

/**
 * Rejects documents with too many nodes or too deep nesting, such as aliases that contain themselves and
 * alias bombs.
 * @throws {Error} with the reason
 */
export function checkTree(file: string, root: object): void {
  const refuse = refusalOf(file);
  const within = new Set<object>();
  const open: (object | { readonly leave: object })[] = [root];
  for (let count = 0; open.length > 0;) {
    const next = open.pop() as object;
    if ('leave' in next && Object.getPrototypeOf(next) === null) {
      within.delete(next.leave as object);
      continue;
    }
    if (within.has(next)) refuse('has an alias inside its own anchor');
    if (within.size >= maxDepth) refuse(`is nested more than ${maxDepth} deep`);
    if (++count > maxNodes) refuse('has aliases that make it too large');
    within.add(next);
    open.push(Object.assign(Object.create(null), { leave: next }));
    for (const value of Object.values(next))
      if (value !== null && typeof value === 'object') open.push(value as object);
  }
}
