/** RFC 6901, section 3: `~` stands only before `0` or `1`. */
const strayTilde = /~(?![01])/;

/** The reference tokens of a pointer, unescaped; undefined when the text is not a pointer. */
export function parsePointer(text: string): readonly string[] | undefined {
  if (text === '') return [];
  if (!text.startsWith('/') || strayTilde.test(text)) return undefined;
  const tokens = text.slice(1).split('/');
  // In this order: `~01` is the name `~1` (section 4).
  return text.includes('~')
    ? tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
    : tokens;
}

/** One more step of a pointer, to be put behind the pointer of the container. */
export function pointerStep(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
