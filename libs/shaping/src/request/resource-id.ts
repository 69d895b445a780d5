import { Problem } from '@bff/service-kit';

/** The unreserved characters of RFC 3986, section 2.3, and `:` and `@`; not the dots that a path resolves. */
const idSyntax = /^(?!\.{1,2}$)[\w.~:@-]{1,128}$/;

/**
 * An id out of a path.
 *
 * @throws {Problem} `not-found` when nothing can have that name: no upstream needs to be asked
 */
export function resourceId(text: unknown): string {
  if (typeof text === 'string' && idSyntax.test(text)) return text;
  throw new Problem('not-found');
}
