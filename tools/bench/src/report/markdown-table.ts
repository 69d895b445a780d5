export interface Column {
  readonly title: string;
  /** Numbers are aligned right. Default: left. */
  readonly align?: 'right';
}

/**
 * Returns a table in Prettier's format, so that the committed page equals its rendering. Cells must not
 * contain `|`.
 */
export function markdownTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const titles = columns.map(({ title }) => title);
  const widths = columns.map((_, at) => Math.max(3, ...[titles, ...rows].map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${columns.map(({ align }, at) => pad(cells[at] ?? '', widths[at] ?? 0, align)).join(' | ')} |`;
  const rule = columns.map(({ align }, at) =>
    align === 'right' ? `${'-'.repeat((widths[at] ?? 0) - 1)}:` : '-'.repeat(widths[at] ?? 0),
  );
  return [line(titles), line(rule), ...rows.map(line)].join('\n');
}

const pad = (text: string, width: number, align?: 'right'): string =>
  align === 'right' ? text.padStart(width) : text.padEnd(width);
