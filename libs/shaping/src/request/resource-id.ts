import { Problem } from '@bff/service-kit';

/** Maximum characters of an id. */
export const maxIdLength = 256;
// eslint-disable-next-line no-control-regex -- the pattern rejects control characters
const controls = /[\u0000-\u001f\u007f-\u009f]/;

/**
 * Parses an id in a path: accepts every id that a list may contain (F07).
 * @throws {Problem} `not-found`, before any upstream call, for text that cannot be an id: control characters,
 * lone surrogates, the empty string, and dot segments (RFC 3986, section 5.2.4)
 */
export function resourceId(text: unknown): string {
  const isId =
    typeof text === 'string' &&
    text !== '' &&
    text !== '.' &&
    text !== '..' &&
    text.length <= maxIdLength &&
    text.isWellFormed() &&
    !controls.test(text);
  if (isId) return text;
  throw new Problem('not-found');
}
