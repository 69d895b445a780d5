import { dirname, join, normalize } from 'node:path';
import type { Tree } from '@nx/devkit';
import { filesOf } from './example.ts';

/**
 * Splits a page into the parts that are removed as a unit: paragraphs, code blocks, table rows and list
 * items.
 */
function partsOf(markdown: string): readonly string[] {
  const parts: string[] = [];
  let open: string[] = [];
  let fence = '';
  const close = (): void => {
    if (open.length > 0) parts.push(open.join('\n'));
    open = [];
  };
  for (const line of markdown.split('\n')) {
    const [mark = ''] = /^\s*(?:```+|~~~+)/.exec(line) ?? [];
    if (fence !== '') {
      open.push(line);
      if (mark !== '' && line.trim() === fence) {
        fence = '';
        close();
      }
    } else if (mark !== '') {
      close();
      fence = mark.trim();
      open.push(line);
    } else if (/^(?:\||#|<!--)/.test(line) || line === '') {
      close();
      parts.push(line);
    } else {
      if (/^\s*(?:[-*]|\d+\.) /.test(line)) close();
      open.push(line);
    }
  }
  close();
  return parts;
}

const isRow = (part: string | undefined): boolean => part?.startsWith('|') === true;

/**
 * Returns the head of a table and the rows that do not mention the example. Returns no rows when the head
 * mentions it, or when no row except the head remains.
 */
function tableWithout(rows: readonly string[], mentions: (text: string) => boolean): readonly string[] {
  const [head = '', rule = '', ...body] = rows;
  const kept = body.filter((row) => !mentions(row));
  return mentions(head) || kept.length === 0 ? [] : [head, rule, ...kept];
}

/** Removes the parts that mention the example, and headings that have no content then. */
export function withoutMentions(markdown: string, mentions: (text: string) => boolean): string {
  const parts = partsOf(markdown);
  const kept: string[] = [];
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] ?? '';
    if (isRow(part)) {
      const table = [];
      for (; isRow(parts[at]); at++) table.push(parts[at] ?? '');
      kept.push(...tableWithout(table, mentions));
      at--;
    } else if (part.startsWith('#') || !mentions(part)) kept.push(part);
  }
  const text = kept.filter((_, index) => !isLoneHeading(kept, index)).join('\n');
  return `${text.replaceAll(/\n{3,}/g, '\n\n').trim()}\n`;
}

function isLoneHeading(parts: readonly string[], index: number): boolean {
  const [, marks = ''] = /^(#{2,6}) /.exec(parts[index] ?? '') ?? [];
  if (marks === '') return false;
  const next = parts.slice(index + 1).find((part) => part !== '');
  if (next === undefined) return true;
  const [, others = ''] = /^(#{1,6}) /.exec(next) ?? [];
  return others !== '' && others.length <= marks.length;
}

/**
 * Replaces links to missing files by the text of the link. Removes images of missing files, and list items
 * that consist only of such a link.
 */
export function withoutLostLinks(markdown: string, path: string, has: (file: string) => boolean): string {
  const isLost = (target: string): boolean => {
    const [file = ''] = target.split('#');
    return !/^\w+:/.test(target) && file !== '' && !has(normalize(join(dirname(path), decodeURI(file))));
  };
  return markdown
    .replaceAll(/!\[[^\]]*\]\(([^)\s]+)\)\n?/g, (found, target: string) => (isLost(target) ? '' : found))
    .replaceAll(/^ *[-*] \[[^\]]*\]\(([^)\s]+)\)\n/gm, (found, target: string) =>
      isLost(target) ? '' : found,
    )
    .replaceAll(/\[((?:[^\][]|\[[^\]]*\])*)\]\(([^)\s]+)\)/g, (found, text: string, target: string) =>
      isLost(target) ? text : found,
    );
}

/** Returns the code without the lines for which `isLost` returns true; undefined when none remains. */
function codeWithout(block: string, isLost: (line: string) => boolean): string | undefined {
  const lines = block.split('\n');
  const kept = lines.filter((line) => !isLost(line));
  return kept.length > 2 ? kept.join('\n') : undefined;
}

/** Removes commands whose script or program is missing. */
export function withoutLostCommands(markdown: string, isLost: (line: string) => boolean): string {
  const isCode = (part: string): boolean => /^\s*(?:```|~~~)/.test(part);
  const blocks = partsOf(markdown).flatMap((part) =>
    isCode(part) ? [codeWithout(part, isLost) ?? []].flat() : [part],
  );
  return withoutMentions(blocks.join('\n'), (part) => !isCode(part) && isLost(part));
}

const isShell = (part: string): boolean => /^\s*```sh\b/.test(part);

/**
 * Removes from every page the parts that mention the example, name a removed family, run a missing program,
 * or link to a missing file.
 *
 * @param isOfLostFamily returns whether a text mentions a removed family. In shell code only such lines are
 * removed, other code blocks completely
 */
export function tidyDocs(
  tree: Tree,
  mentions: (text: string) => boolean,
  isOfLostFamily: (text: string) => boolean,
): void {
  const files = filesOf(tree);
  const has = (target: string): boolean => {
    const file = target.replace(/\/$/, '');
    return file === '.' || files.some((each) => each === file || each.startsWith(`${file}/`));
  };
  const { scripts } = JSON.parse(tree.read('package.json', 'utf8') ?? '{}') as { readonly scripts: object };
  const isLostIn =
    (folder: string) =>
    (text: string): boolean => {
      const names = [...text.matchAll(/\bnpm run (?:-s |--silent )?([\w:-]+)/g)].map(([, name = '']) => name);
      const programs = [...text.matchAll(/\bnode ([\w./-]+\.ts)\b/g)].map(([, file = '']) => file);
      const named = [...text.matchAll(/`((?:apps|libs|tools)\/[\w./-]+\.\w+)`/g)].map(
        ([, file = '']) => file,
      );
      return (
        named.some((file) => !has(file)) ||
        names.some((name) => !Object.hasOwn(scripts, name)) ||
        programs.some((file) => !has(file) && !has(normalize(join(folder, file))))
      );
    };
  for (const path of files.filter((each) => each.endsWith('.md'))) {
    const text = tree.read(path, 'utf8') ?? '';
    // Keeps the markers of derived parts, because these parts are written again between the markers.
    const own = withoutMentions(text, (part) => mentions(part) || (isOfLostFamily(part) && !isShell(part)));
    const runsLost = isLostIn(dirname(path));
    const kept = withoutLostCommands(own, (line) => runsLost(line) || isOfLostFamily(line));
    tree.write(path, withoutLostLinks(kept, path, has));
  }
}
