const begin = /^\s*(?:# |<!-- )(.+): written by nx sync(?: -->)?$/;

/** Returns the lines of each derived region, by name. */
function regionsOf(text: string): ReadonlyMap<string, readonly string[]> {
  const regions = new Map<string, string[]>();
  let open: string[] | undefined;
  let name = '';
  for (const line of text.split('\n')) {
    if (open && isEnd(line, name)) open = undefined;
    open?.push(line);
    name = open ? name : (begin.exec(line)?.[1] ?? '');
    if (!open && name !== '') regions.set(name, (open = []));
  }
  return regions;
}

const isEnd = (line: string, name: string): boolean =>
  [`# end of ${name}`, `<!-- end of ${name} -->`].includes(line.trim());

/** Replaces the regions of a text by those of another text; regions that the other text lacks stay. */
export function withRegionsOf(content: Buffer | undefined, other: Buffer): Buffer | undefined {
  if (!content?.includes('written by nx sync')) return content;
  const regions = regionsOf(String(other));
  const lines: string[] = [];
  let name: string | undefined;
  for (const line of String(content).split('\n')) {
    if (name !== undefined && isEnd(line, name)) name = undefined;
    if (name === undefined) lines.push(line);
    const [, begun] = begin.exec(line) ?? [];
    if (name !== undefined || begun === undefined || !regions.has(begun)) continue;
    name = begun;
    lines.push(...(regions.get(begun) ?? []));
  }
  return Buffer.from(lines.join('\n'));
}
