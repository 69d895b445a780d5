import type { IncomingMessage, ServerResponse } from 'node:http';
import { Problem } from '@bff/service-kit';
import { answerForbidsTransform, forbidsTransform } from '../answer-headers.ts';
import type { Answer } from '../answer.ts';
import { acceptableCodings, type ContentCoding } from './negotiate-coding.ts';

/** Maximum bytes of a body that is sent uncoded: a body of this size fits into one packet. */
export const codingThreshold = 1024;

/**
 * Returns the codings that the request accepts.
 * @throws {Problem} `not-acceptable` when it accepts none
 */
export function acceptedCodings(request: IncomingMessage): readonly ContentCoding[] {
  const acceptable = acceptableCodings(request.headers['accept-encoding']);
  if (acceptable.length === 0) throw notAcceptable();
  return acceptable;
}

/**
 * Returns the best accepted coding. Chooses identity for a small body or with `no-transform`, unless the
 * request refuses identity.
 */
export function codingOf(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  body: string | Buffer,
  acceptable: readonly ContentCoding[],
): ContentCoding {
  const unchanged = isSmall(body) || mustNotTransform(request, response, answer);
  return unchanged && acceptable.includes('identity') ? 'identity' : (acceptable[0] ?? 'identity');
}

/** A text has at least as many bytes as characters, so most texts need not be measured. */
const isSmall = (body: string | Buffer): boolean =>
  body.length <= codingThreshold && Buffer.byteLength(body) <= codingThreshold;

function mustNotTransform(request: IncomingMessage, response: ServerResponse, answer: Answer): boolean {
  return forbidsTransform(request.headers['cache-control']) || answerForbidsTransform(response, answer);
}

/** Creates the 406 for a request that refuses even identity (RFC 9110, section 12.5.3). */
function notAcceptable(): Problem {
  return new Problem('not-acceptable', { detail: 'Available codings: identity, zstd, br, gzip.' });
}
