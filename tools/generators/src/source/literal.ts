/**
 * Writes a value as source text. The only way by which a text of a document gets into generated code: JSON escapes quotes,
 * backslashes and control characters, and the two line terminators that JSON leaves alone are escaped here.
 */
export const literal = (value: string | number | boolean | object | null): string =>
  JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');

/** Writes a text as a documentation comment of one line. */
export function comment(text: string): string {
  // Every kind of white space and control character becomes a space, so that nothing ends the line.
  const line = text.replaceAll(/[\s\p{C}]+/gu, ' ').trim();
  const short = line.length > 90 ? `${line.slice(0, 87)}...` : line;
  return `/** ${short.toWellFormed().replaceAll('*/', '* /').replaceAll('@', '(at)')} */`;
}
