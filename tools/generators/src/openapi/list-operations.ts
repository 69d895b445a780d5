import type { DescribedService } from './described-service.ts';
import { oneLine } from './document.ts';

/**
 * Lists the operations of a document in the order of their requests: name, request, tags, and the reason why
 * one is unusable.
 */
export function listOperations({ operations, skipped }: DescribedService): readonly string[] {
  const rows = [
    ...operations.map(({ name, method, path, tags }) => [
      name,
      `${method} ${path}`,
      tags.join(' '),
      'usable',
    ]),
    ...skipped.map(({ name, request, tags, reason }) => [
      name || '-',
      request,
      tags.join(' '),
      `not usable: ${reason}`,
    ]),
  ].map((row) => row.map(oneLine));
  const widths = [0, 1, 2].map((column) =>
    Math.max(...rows.map((row) => Math.min(row[column]?.length ?? 0, 60))),
  );
  return rows
    .toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)))
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

const keyOf = ([, request = '']: readonly string[]): string => request.replace(/^[A-Z]+ /, '') + request;
