/**
 * Returns the page with its regions replaced: the text between `<!-- name -->` and `<!-- /name -->`, for each
 * name. Everything else is unchanged.
 *
 * @throws {Error} when the page lacks the markers of a region
 */
export function withRegions(page: string, regions: Readonly<Record<string, string>>): string {
  return Object.entries(regions).reduce((text, [name, content]) => {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`the page lacks the marker ${begin}`);
    return `${text.slice(0, from + begin.length)}\n\n${content}\n\n${text.slice(to)}`;
  }, page);
}
