import { Problem, LruCache } from '@bff/service-kit';
import Negotiator from 'negotiator';

/**
 * All content codings of answers. A coding added here is offered, produced, and distinguished by entity tags.
 */
export const contentCodings = ['identity', 'zstd', 'br', 'gzip'] as const;
export type ContentCoding = (typeof contentCodings)[number];

/**
 * Ranks codings of equal weight: zstd costs the least CPU from 10 KB on, and as much as gzip at
 * 2 KB; br makes about 11 % fewer bytes than zstd in two to seven times the time (README, "Codings").
 */
const preferred: readonly ContentCoding[] = ['zstd', 'br', 'gzip', 'identity'];

/** Matches `x-gzip`, which is an alias of `gzip` (RFC 9110, section 8.4.1.3). */
const gzipAlias = /(?<![\w-])x-gzip(?![\w-])/gi;

/**
 * Without `Accept-Encoding` every coding is acceptable (RFC 9110, section 12.5.3, rule 1); identity comes
 * first as the safe choice.
 */
const anything: readonly ContentCoding[] = contentCodings;
const onlyIdentity: readonly ContentCoding[] = ['identity'];

/**
 * Syntax of `Accept-Encoding` (RFC 9110, sections 5.6.1 and 12.4.2): members with an optional weight from 0
 * to 1 with at most three decimals. Matches in linear time, because no two parts overlap.
 */
const fieldSyntax =
  /^(?:[\t ]*(?:[\w!#$%&'*+.^`|~-]+(?:[\t ]*;[\t ]*q=(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?[\t ]*)?(?:,|$))*$/i;

/** Maximum characters of the field; the longest value that a browser sends has 23. */
const maxLength = 1024;

/** An option of the package that is missing in its types. */
interface PreferringNegotiator {
  encodings(
    available: readonly ContentCoding[],
    options: { readonly preferred: readonly ContentCoding[] },
  ): string[];
}

const negotiated = new LruCache<readonly ContentCoding[]>(16 * 1024, {
  weigh: (_, { length }) => length,
});

/**
 * Returns the codings that a request accepts, best first; empty if it refuses all of them, also
 * identity, so that the answer is a 406. For a malformed field, which may be ignored (RFC 9110, section
 * 12.4.1), only identity is returned.
 * @param field value of `Accept-Encoding`
 * @throws {Problem} `headers-too-large` beyond 1024 characters (RFC 6585, section 5)
 */
export function acceptableCodings(field: string | undefined): readonly ContentCoding[] {
  if (field === undefined) return anything;
  if (field.length > maxLength)
    throw new Problem('headers-too-large', {
      detail: `Accept-Encoding is longer than ${maxLength} characters.`,
    });
  const known = negotiated.get(field);
  if (known) return known;
  const codings = fieldSyntax.test(field) ? negotiate(field) : onlyIdentity;
  negotiated.set(field, codings);
  return codings;
}

function negotiate(field: string): readonly ContentCoding[] {
  const headers = { 'accept-encoding': field.replaceAll(gzipAlias, 'gzip') };
  const negotiator: PreferringNegotiator = new Negotiator({ headers });
  return negotiator.encodings(preferred, { preferred }) as ContentCoding[];
}
