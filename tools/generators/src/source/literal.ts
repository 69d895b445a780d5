/**
 * Writes a value as source text. No text of a document gets into generated code in another way (injection):
 * JSON escapes quotes, backslashes and control characters, and this function escapes the two line terminators
 * that JSON does not.
 */
export const literal = (value: string | number | boolean | object | null): string =>
  JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');

/** Writes a text as a one-line documentation comment. */
export function comment(text: string): string {
  // Replaces all white space and control characters by spaces, so that none ends the line.
  const line = text.replaceAll(/[\s\p{C}]+/gu, ' ').trim();
  const short = line.length > 90 ? `${line.slice(0, 87)}...` : line;
  return `/** ${short.toWellFormed().replaceAll('*/', '* /').replaceAll('@', '(at)')} */`;
}
