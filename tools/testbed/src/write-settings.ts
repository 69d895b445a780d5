import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { settingsTable } from './settings-table.ts';

/** `npm run settings`: writes the table of docs/operations.md anew. */
const file = resolve(import.meta.dirname, '../../../docs/operations.md');
const [begin, end] = ['<!-- settings: begin -->', '<!-- settings: end -->'];
const text = readFileSync(file, 'utf8');
const rows = [['setting', 'default', 'where', 'meaning'], ['-', '-', '-', '-'], ...settingsTable()];
const table = rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
const written = `${text.slice(0, text.indexOf(begin))}${begin}\n\n${table}\n\n${text.slice(text.indexOf(end))}`;
writeFileSync(file, await format(written, { ...(await resolveConfig(file)), filepath: file }));
