import { DeriveError } from './derive-error.ts';

/** A derived part of a file whose other parts are edited manually. */
export interface Region {
  /** Path relative to the repository. */
  readonly file: string;
  /** Name of the region, which its markers contain; unique within the file. */
  readonly name: string;
  /** The lines between the markers, without the markers' indentation. */
  readonly lines: readonly string[];
}

/**
 * Returns the text with the lines between the region's markers replaced.
 *
 * @throws {DeriveError} when a marker is missing or occurs twice, or the end precedes the beginning
 */
export function replaceRegion(text: string, { file, name, lines }: Region): string {
  const isMarkdown = file.endsWith('.md');
  const comment = (words: string): string => (isMarkdown ? `<!-- ${words} -->` : `# ${words}`);
  const all = text.split('\n');
  const lineOf = (marker: string): number => {
    const found = all.flatMap((line, index) => (line.trim() === marker ? [index] : []));
    if (found[0] === undefined) throw new DeriveError(`${file}: the marker "${marker}" is missing`);
    if (found.length > 1)
      throw new DeriveError(`${file}: the marker "${marker}" occurs ${found.length} times`);
    return found[0];
  };
  const [first, last] = [comment(`${name}: written by nx sync`), comment(`end of ${name}`)];
  const [begin, end] = [lineOf(first), lineOf(last)];
  if (end < begin) throw new DeriveError(`${file}: the marker "${last}" comes before "${first}"`);
  const indentation = /^\s*/.exec(all[begin] ?? '')?.[0] ?? '';
  const written = lines.map((line) => (line === '' ? '' : indentation + line));
  const spaced = isMarkdown ? ['', ...written, ''] : written;
  return [...all.slice(0, begin + 1), ...spaced, ...all.slice(end)].join('\n');
}
