import ts from 'typescript';

interface Insertion {
  readonly at: number;
  readonly text: string;
}

const parse = (source: string): ts.SourceFile =>
  ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
const insert = (source: string, insertions: readonly Insertion[]): string =>
  insertions
    .toSorted((a, b) => b.at - a.at)
    .reduce((text, { at, text: added }) => text.slice(0, at) + added + text.slice(at), source);

/** Adds an export line in the alphabetical order of the modules. */
export function addExport(source: string, line: string, specifier: string): string {
  const statements = parse(source).statements.filter(ts.isExportDeclaration);
  return insert(source, [besideOthers(source, statements, line, specifier)]);
}

/** Returns the modules that a file imports, by local name. */
export function importsOf(source: string): ReadonlyMap<string, string> {
  const bindings = parse(source)
    .statements.filter(ts.isImportDeclaration)
    .flatMap((each) => {
      const named = each.importClause?.namedBindings;
      return named && ts.isNamedImports(named)
        ? named.elements.map(({ name }) => [name.text, specifierOf(each)] as const)
        : [];
    });
  return new Map(bindings);
}

/** Adds a row to the table of an app, and its import. @throws {Error} when the file has no table */
export function addRow(
  source: string,
  {
    key,
    constant,
    specifier,
  }: { readonly key: string; readonly constant: string; readonly specifier: string },
): string {
  const file = parse(source);
  const table = objectOf(file);
  if (!table) throw new Error('src/screens.ts has no screenTable({ ... })');
  const { properties } = table;
  const row = `${JSON.stringify(key)}: ${constant},\n`;
  const imports = file.statements.filter(ts.isImportDeclaration);
  const ofScreens = imports.filter((each) => specifierOf(each).startsWith('./screens/'));
  return insert(source, [
    besideOthers(
      source,
      ofScreens.length > 0 ? ofScreens : imports,
      `import { ${constant} } from '${specifier}';`,
      specifier,
    ),
    {
      at: properties.end,
      text: properties.length > 0 && !properties.hasTrailingComma ? `,\n${row}` : `\n${row}`,
    },
  ]);
}

function objectOf(node: ts.Node): ts.ObjectLiteralExpression | undefined {
  if (ts.isCallExpression(node) && node.expression.getText() === 'screenTable') {
    const [argument] = node.arguments;
    return argument && ts.isObjectLiteralExpression(argument) ? argument : undefined;
  }
  return ts.forEachChild(node, objectOf);
}

type FromModule = ts.ImportDeclaration | ts.ExportDeclaration;
const specifierOf = ({ moduleSpecifier }: FromModule): string =>
  moduleSpecifier && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : '';

function besideOthers(
  source: string,
  others: readonly FromModule[],
  line: string,
  specifier: string,
): Insertion {
  const next = others.find((each) => specifierOf(each).startsWith('./') && specifierOf(each) > specifier);
  if (next) return { at: next.getStart(), text: `${line}\n` };
  const last = others.at(-1);
  return last ? { at: last.getEnd(), text: `\n${line}` } : { at: source.length, text: `${line}\n` };
}
