import { formatted } from '../formatted.ts';

/** Returns the lines of a Markdown table in the format of `npm run format`. */
export async function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<readonly string[]> {
  const lines = [head, head.map(() => '-'), ...rows].map((row) => `| ${row.join(' | ')} |`);
  return (await formatted(lines.join('\n'), 'markdown')).trimEnd().split('\n');
}
