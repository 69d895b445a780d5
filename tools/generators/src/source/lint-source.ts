import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Lints files that are not written yet, with the configuration of the workspace.
 *
 * @param files by their path in the workspace
 * @throws {Error} with the first errors
 */
export async function lintSource(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  // A second of loading, which a refusal does not need.
  const { ESLint } = await import('eslint');
  const errors: string[] = [];
  for (const [file, text] of Object.entries(files)) {
    // A project has the files that exist; another one is read as if it were in it.
    const projectService = existsSync(join(root, file)) || { allowDefaultProject: [file] };
    const eslint = new ESLint({
      cwd: root,
      overrideConfig: { files: ['**/*.ts'], languageOptions: { parserOptions: { projectService } } },
    });
    for (const { messages } of await eslint.lintText(text, { filePath: file }))
      errors.push(...messages.map(({ line, message }) => `${file}:${line}: ${message.split('\n')[0]}`));
  }
  if (errors.length > 0)
    throw new Error(
      `what was generated does not pass lint, so that nothing was written: ${errors.slice(0, 3).join('; ')}`,
    );
}
