import type { IncomingMessage } from 'node:http';
import { parseHttpDate } from '@bff/service-kit';
import { opaqueTag, parseEntityTags } from './entity-tag.ts';
import type { ContentCoding } from '../coding/negotiate-coding.ts';

/** Result of the preconditions of a GET or HEAD; `notModified` is the coding that the client has. */
export type Verdict = 'proceed' | 'failed' | { readonly notModified: ContentCoding };

/** The validators of the current representation, before it is coded. */
export interface Validators {
  readonly token: string;
  /**
   * Milliseconds since 1970, in whole seconds; undefined: there is no modification date, and dates are
   * ignored.
   */
  readonly lastModified: number | undefined;
}

/**
 * Minimum milliseconds by which `If-Modified-Since` must be later than the modification date, unless they are
 * equal. A later date is not our `Last-Modified`: it comes from the client's clock or from `Date` (RFC 9110,
 * section 13.1.3). Clocks differ, and replicas apply a change at different times, so a slightly later date
 * does not prove that the client has the last change. The same section allows a server to accept exact dates
 * only.
 */
const clockToleranceMs = 15 * 60_000;

/**
 * Evaluates preconditions in the order of RFC 9110, section 13.2.2: `If-Match`, without it
 * `If-Unmodified-Since`; then `If-None-Match`, without it `If-Modified-Since`.
 *
 * A tag is compared with the tag of the *selected* representation (section 13.1.2), and the server may select
 * any coding that the request accepts. It selects the one that the client already has, if that is still
 * accepted: a 304 saves more than the preferred coding. A tag of a refused coding does not match.
 * @param acceptable codings that the request accepts, the one to be sent first
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

/**
 * Returns whether a client with this date has the last change. Ignores a later date that is in the future,
 * because the client cannot have received anything then.
 */
const coversModification = (since: number, lastModified: number, now: number): boolean =>
  since === lastModified || (since >= lastModified + clockToleranceMs && since <= now);

/** Returns the one valid date of a field, else undefined (RFC 9110, sections 13.1.3 and 13.1.4). */
function dateIn(
  { headers, headersDistinct }: IncomingMessage,
  name: 'if-modified-since' | 'if-unmodified-since',
): number | undefined {
  const field = headers[name];
  // `headers` contains only the first of several field lines.
  return field === undefined || (headersDistinct[name]?.length ?? 0) > 1 ? undefined : parseHttpDate(field);
}

/**
 * Finds the coding whose tag matches (RFC 9110, section 8.8.3.2): strong comparison rejects weak tags, weak
 * comparison compares opaque tags only.
 */
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
