import { Problem } from '@bff/service-kit';

/** Characters of an id. */
export const maxIdLength = 256;
// eslint-disable-next-line no-control-regex -- they are what is refused
const controls = /[\u0000-\u001f\u007f-\u009f]/;

/**
 * An id out of a path: whatever a list may hand out can be opened (F07).
 *
 * @throws {Problem} `not-found` when nothing can have that name, so that no upstream needs to be called: control
 * characters, lone surrogates, nothing at all, and the dots that a path resolves (RFC 3986, section 5.2.4)
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
