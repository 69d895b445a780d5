/** The links and the code of a Markdown page. */
export interface MarkdownPage {
  /** Targets of its relative links, including images. */
  readonly links: readonly string[];
  /** Anchors of the headings of the page, and of its elements with an `id`. */
  readonly anchors: ReadonlySet<string>;
  readonly blocks: readonly { readonly language: string; readonly code: string }[];
  /** Commands in blocks and inline code. */
  readonly commands: readonly string[];
}

export function readMarkdown(text: string): MarkdownPage {
  const blocks = [...text.matchAll(/^( *)(`{3,})([\w-]*)[^\n]*\n([^]*?)^\1\2 *$/gm)].map(
    ([, , , language = '', code = '']) => ({ language, code }),
  );
  const prose = text.replace(/^( *)(`{3,})[^]*?^\1\2 *$/gm, '');
  const inline = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  const bare = prose.replace(/`[^`\n]+`/g, (code) => ' '.repeat(code.length));
  const links = [...bare.matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)/g)].map(([, target = '']) => target);
  return {
    links: links.filter((target) => !/^[a-z][a-z\d+.-]*:/i.test(target)),
    anchors: new Set([
      ...headings(prose),
      ...[...prose.matchAll(/\b(?:id|name)="([^"]+)"/g)].map(([, id = '']) => id),
    ]),
    blocks,
    commands: [
      ...inline,
      ...blocks.filter(({ language }) => shells.has(language)).flatMap(({ code }) => code.split('\n')),
    ],
  };
}

const shells = new Set(['sh', 'bash', 'shell', 'console']);

/**
 * Returns anchors as GitHub does: lower case, without punctuation, spaces as dashes, numbered when repeated.
 */
function headings(prose: string): readonly string[] {
  const seen = new Map<string, number>();
  return [...prose.matchAll(/^#{1,6} +(.+?) *#*$/gm)].map(([, title = '']) => {
    const slug = title
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-');
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
}
