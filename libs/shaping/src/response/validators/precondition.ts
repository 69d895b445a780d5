import type { IncomingMessage } from 'node:http';
import { parseHttpDate } from '@bff/service-kit';
import { opaqueTag, parseEntityTags } from './entity-tag.ts';
import type { ContentCoding } from '../coding/negotiate-coding.ts';

/** What the preconditions of a GET or HEAD come to; `not-modified` says which coding the client has. */
export type Verdict = 'proceed' | 'failed' | { readonly notModified: ContentCoding };

/** The validators of the current representation, before it is coded. */
export interface Validators {
  readonly token: string;
  /** Milliseconds since 1970, in whole seconds; undefined: it has no modification date, and dates are ignored. */
  readonly lastModified: number | undefined;
}

/**
 * How much later than the modification date `If-Modified-Since` must be, in milliseconds, unless it is that very date. Such
 * a date comes from the client's clock or from the `Date` of an answer (RFC 9110, section 13.1.3), but clocks differ, and
 * not every replica applies a change at once. That section lets a server accept exact dates only.
 */
const clockToleranceMs = 15 * 60_000;

/**
 * Evaluates preconditions in the order of RFC 9110, section 13.2.2: `If-Match`, without it `If-Unmodified-Since`; then
 * `If-None-Match`, without it `If-Modified-Since`.
 *
 * A tag is compared with the tag of the *selected* representation (section 13.1.2), and the selection is ours among
 * all codings that the request accepts. So we select the one that the client already has, if it still accepts that
 * coding: a 304 beats every weight. A tag of a coding that the request refuses does not match.
 *
 * @param acceptable codings that the request accepts; the one to be sent comes first
 */
export function evaluatePreconditions(
  request: IncomingMessage,
  { token, lastModified }: Validators,
  acceptable: readonly ContentCoding[],
  now: () => number,
): Verdict {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
  if (ifMatch !== undefined) {
    if (findCoding(ifMatch, token, acceptable, 'strong') === undefined) return 'failed';
  } else if (lastModified !== undefined) {
    const limit = dateIn(request, 'if-unmodified-since');
    if (limit !== undefined && lastModified > limit) return 'failed';
  }
  let notModified: ContentCoding | undefined;
  if (ifNoneMatch !== undefined) {
    notModified = findCoding(ifNoneMatch, token, acceptable, 'weak');
  } else if (lastModified !== undefined) {
    const since = dateIn(request, 'if-modified-since');
    if (since !== undefined && coversModification(since, lastModified, now())) [notModified] = acceptable;
  }
  return notModified === undefined ? 'proceed' : { notModified };
}

/** A date in the future is not one at which the client can have received anything. */
const coversModification = (since: number, lastModified: number, now: number): boolean =>
  since === lastModified || (since >= lastModified + clockToleranceMs && since <= now);

/** Sections 13.1.3 and 13.1.4: a field that is not one valid date is ignored. */
function dateIn(
  { headers, headersDistinct }: IncomingMessage,
  name: 'if-modified-since' | 'if-unmodified-since',
): number | undefined {
  const field = headers[name];
  // `headers` keeps the first of several lines.
  return field === undefined || (headersDistinct[name]?.length ?? 0) > 1 ? undefined : parseHttpDate(field);
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
