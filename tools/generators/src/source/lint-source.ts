import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Lints files that are not written yet, with the configuration of the workspace.
 *
 * @param files contents by path in the workspace
 * @throws {Error} with the first errors
 */
export async function lintSource(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  // Imported on demand: loading takes a second, which a rejected call does not need.
  const { ESLint } = await import('eslint');
  const errors: string[] = [];
  for (const [file, text] of Object.entries(files)) {
    // Only existing files belong to a project; a new one is linted by the default project.
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
      `the generated code does not pass lint, so nothing was written: ${errors.slice(0, 3).join('; ')}`,
    );
}
