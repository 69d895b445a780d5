import ts from 'typescript';

export interface Siblings {
  /** What the members to be copied speak of. */
  readonly of: RegExp;
  /** Others of its kind: a node that speaks of them as well is looked into instead of copied. */
  readonly among: RegExp;
  /** The text of the new member, or of several, or of none. */
  readonly copy: (text: string) => string | readonly string[];
  /** Whether statements are members of their block. Default: false. */
  readonly statements?: boolean;
}

/**
 * Registers something beside its like: wherever the source lists one thing among others (in an object, a type, a union,
 * an array, imports, a chain of `.route()` statements), a copy of that entry is put behind it. So nothing here says how
 * a registration looks: the workspace does.
 */
export function addSiblings(source: string, { of, among, copy, statements = false }: Siblings): string {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
  const insertions: { readonly at: number; readonly text: string }[] = [];

  const visit = (node: ts.Node): void => {
    const text = node.getText(file);
    if (!of.test(text)) return;
    const separator = separatorOf(node) ?? (statements && ts.isExpressionStatement(node) ? '\n&' : undefined);
    const isCalledSo = ts.isPropertyAssignment(node) && of.test(node.name.getText(file));
    if (separator === undefined || (among.test(text) && !isCalledSo))
      return void ts.forEachChild(node, visit);
    for (const each of [copy(text)].flat())
      insertions.push({ at: node.getEnd(), text: separator.replace('&', () => each) });
  };
  visit(file);

  return insertions
    .reverse()
    .reduce((text, { at, text: added }) => text.slice(0, at) + added + text.slice(at), source);
}

/** How a further member is put behind this one, `&`; undefined where the node is no member of a list. */
function separatorOf(node: ts.Node): string | undefined {
  const { parent } = node;
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isPropertySignature(node))
    return '\n&';
  if (ts.isObjectLiteralElementLike(node) || ts.isBindingElement(node) || ts.isImportSpecifier(node))
    return ', &';
  if (ts.isTypeNode(node) && ts.isUnionTypeNode(parent)) return ' | &';
  if (ts.isExpression(node) && ts.isArrayLiteralExpression(parent)) return ', &';
  return undefined;
}
