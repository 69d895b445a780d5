import { parseHttpDate, type Outcome } from '@bff/service-kit';

/** Times of the last modification of a value and of its last confirmation, in milliseconds since 1970. */
export type Modification = Required<
  Pick<Extract<Outcome<unknown>, { kind: 'value' }>, 'lastModified' | 'currentAt'>
>;

/**
 * Reads `Last-Modified`. A date later than the answer itself comes from a wrong clock and is ignored
 * (RFC 9110, section 8.8.2.1).
 *
 * @param currentAt `Date` of the same answer, or when it arrived: milliseconds since 1970
 */
export function modificationOf(field: unknown, currentAt: number): Modification | undefined {
  // Two field lines arrive as an array: a list is not a date.
  const lastModified = typeof field === 'string' ? parseHttpDate(field) : undefined;
  return lastModified === undefined || lastModified > currentAt ? undefined : { lastModified, currentAt };
}
