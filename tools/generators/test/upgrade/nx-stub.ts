/** Replaces nx in the fixture: renders as adopt does, reports which migrations it ran, and derives. */
export const nx = `#!/usr/bin/env node
const { existsSync, globSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const [command, , ...options] = process.argv.slice(2);
const scope = options.find((each) => each.startsWith('--scope='))?.slice(8);
if (existsSync('broken')) throw new Error(readFileSync('broken', 'utf8'));
if (command === 'generate') {
  for (const file of globSync('{*.{md,json,txt},libs/**/*,tools/**/*.json}', { withFileTypes: true }))
    if (file.isFile() && file.name !== 'package-lock.json') {
      const path = file.parentPath + '/' + file.name;
      writeFileSync(path, readFileSync(path, 'utf8').replaceAll('@template', scope));
    }
  rmSync('example.txt', { force: true });
  const families = options.find((each) => each.startsWith('--families='))?.slice(11).split(',');
  for (const app of families ? readdirSync('apps') : [])
    if (!families.includes(app.replace('-bff', ''))) rmSync('apps/' + app, { recursive: true });
}
if (command === 'migrate') {
  const { migrations } = JSON.parse(readFileSync('migrations.json', 'utf8'));
  writeFileSync('migrated.txt', migrations.map((each) => each.package + ' ' + each.name).join('\\n'));
}
if (command === 'sync') writeFileSync('derived.txt', 'from ' + readFileSync('engine.txt', 'utf8'));
`;
