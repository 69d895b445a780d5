/**
 * `node lint-probe.mjs`: lints import lines as if they were in a file of the workspace; reads the cases as
 * JSON from stdin.
 */
import { ESLint } from 'eslint';
import { text } from 'node:stream/consumers';

const root = new URL('../../../', import.meta.url).pathname;
const eslint = new ESLint({ cwd: root });
const importRules = ['@nx/enforce-module-boundaries', 'no-restricted-imports'];
const verdicts = [];
for (const { file, imports } of JSON.parse(await text(process.stdin))) {
  const [result] = await eslint.lintText(imports.map((name) => `import '${name}';`).join('\n'), {
    filePath: root + file,
  });
  const lines = result.messages.filter(({ ruleId }) => importRules.includes(ruleId)).map(({ line }) => line);
  verdicts.push({ file, refused: imports.filter((_, index) => lines.includes(index + 1)) });
}
process.stdout.write(JSON.stringify(verdicts));
