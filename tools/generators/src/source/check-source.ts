import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';

/**
 * Type-checks files that are not written yet, as part of the workspace, without running them.
 *
 * @param files contents by path in the workspace
 * @throws {Error} with the first errors
 */
export function checkSource(root: string, files: Readonly<Record<string, string>>): void {
  const given = new Map(Object.entries(files).map(([path, text]) => [resolve(root, path), text]));
  const base = ts.parseConfigFileTextToJson(
    'tsconfig.base.json',
    readFileSync(join(root, 'tsconfig.base.json'), 'utf8'),
  );
  const { options } = ts.convertCompilerOptionsFromJson(base.config.compilerOptions, root);
  const host = ts.createCompilerHost({ ...options });
  const { readFile, fileExists } = host;
  host.readFile = (path) => given.get(resolve(path)) ?? readFile(path);
  host.fileExists = (path) => given.has(resolve(path)) || fileExists(path);
  const program = ts.createProgram({
    rootNames: [...given.keys()],
    options: {
      ...options,
      noEmit: true,
      composite: false,
      incremental: false,
      emitDeclarationOnly: false,
      declaration: true,
      tsBuildInfoFile: undefined,
      rootDir: undefined,
      outDir: undefined,
    },
    host,
  });
  const errors = [...given.keys()].flatMap((path): readonly ts.Diagnostic[] => {
    const file = program.getSourceFile(path);
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    // Also checks the declarations, which can fail for reasons of their own: the size of a type (TS7056), and
    // names that are not exported (TS2883).
    return found.length > 0 ? found : program.getDeclarationDiagnostics(file);
  });
  if (errors.length === 0) return;
  const lines = errors.slice(0, 3).map(({ file, start, messageText }) => {
    const line = file && start !== undefined ? file.getLineAndCharacterOfPosition(start).line : 0;
    const place = file
      ? `${file.fileName.slice(root.length + 1)}:${line + 1}: ${file.text.split('\n')[line]?.trim()}`
      : '';
    return `${place}: ${ts.flattenDiagnosticMessageText(messageText, ' ').slice(0, 300)}`;
  });
  throw new Error(`the generated code does not compile, so nothing was written: ${lines.join('; ')}`);
}
