/** Matches an invalid `~`: it must be followed by `0` or `1` (RFC 6901, section 3). */
const strayTilde = /~(?![01])/;

/** Returns the unescaped reference tokens of a pointer; undefined when the text is not a pointer. */
export function parsePointer(text: string): readonly string[] | undefined {
  if (text === '') return [];
  if (!text.startsWith('/') || strayTilde.test(text)) return undefined;
  const tokens = text.slice(1).split('/');
  // `~1` is replaced before `~0`, because `~01` means the name `~1` (RFC 6901, section 4).
  return text.includes('~')
    ? tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
    : tokens;
}

/** Returns one more step of a pointer, to be appended to the pointer of the container. */
export function pointerStep(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
