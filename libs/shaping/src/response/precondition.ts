import { type IncomingHttpHeaders } from 'node:http';
import { opaqueTag, parseEntityTags } from './entity-tag.ts';
import { type ContentCoding } from './negotiate-coding.ts';

/** What the preconditions of a GET or HEAD come to; `not-modified` says which coding the client has. */
export type Verdict = 'proceed' | 'failed' | { readonly notModified: ContentCoding };

/**
 * RFC 9110, section 13.2.2, for a resource without modification date: `If-Match`, then `If-None-Match`;
 * `If-Modified-Since` and `If-Unmodified-Since` are ignored (sections 13.1.3 and 13.1.4).
 *
 * A tag is compared with the tag of the *selected* representation (section 13.1.2), and the selection is ours among
 * all codings that the request accepts. So we select the one that the client already has, if it still accepts that
 * coding: a 304 beats every weight. A tag of a coding that the request refuses does not match.
 *
 * @param acceptable codings that the request accepts; the one to be sent comes first
 */
export function evaluatePreconditions(
  headers: IncomingHttpHeaders,
  token: string,
  acceptable: readonly ContentCoding[],
): Verdict {
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined && findCoding(ifMatch, token, acceptable, 'strong') === undefined)
    return 'failed';
  const ifNoneMatch = headers['if-none-match'];
  const notModified =
    ifNoneMatch === undefined ? undefined : findCoding(ifNoneMatch, token, acceptable, 'weak');
  return notModified === undefined ? 'proceed' : { notModified };
}

/** Section 8.8.3.2: the strong comparison refuses weak tags, the weak one looks only at what is between the quotes. */
function findCoding(
  field: string,
  token: string,
  acceptable: readonly ContentCoding[],
  comparison: 'strong' | 'weak',
): ContentCoding | undefined {
  const tags = parseEntityTags(field);
  if (tags === '*') return acceptable[0];
  const listed = new Set<string>();
  for (const { weak, opaque } of tags) if (comparison === 'weak' || !weak) listed.add(opaque);
  return acceptable.find((coding) => listed.has(opaqueTag(token, coding)));
}
