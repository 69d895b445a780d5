import type { IncomingMessage, ServerResponse } from 'node:http';
import { Problem } from '@bff/service-kit';
import { answerForbidsTransform, forbidsTransform } from '../answer-headers.ts';
import type { Answer } from '../answer.ts';
import { acceptableCodings, type ContentCoding } from './negotiate-coding.ts';

/** Bytes; a body up to here fits one packet as it is. */
export const codingThreshold = 1024;

/** @throws {Problem} `not-acceptable` when the request refuses all of them */
export function acceptedCodings(request: IncomingMessage): readonly ContentCoding[] {
  const acceptable = acceptableCodings(request.headers['accept-encoding']);
  if (acceptable.length === 0) throw notAcceptable();
  return acceptable;
}

/** The best coding that the request accepts; none for what is small or must stay as it is, unless it refuses that. */
export function codingOf(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  body: string,
  acceptable: readonly ContentCoding[],
): ContentCoding {
  const unchanged = Buffer.byteLength(body) <= codingThreshold || mustNotTransform(request, response, answer);
  return unchanged && acceptable.includes('identity') ? 'identity' : (acceptable[0] ?? 'identity');
}

function mustNotTransform(request: IncomingMessage, response: ServerResponse, answer: Answer): boolean {
  return forbidsTransform(request.headers['cache-control']) || answerForbidsTransform(response, answer);
}

/** Section 12.5.3 lets us send no coding only when the request does not refuse that; it refuses everything. */
function notAcceptable(): Problem {
  return new Problem('not-acceptable', { detail: 'Available codings: identity, zstd, br, gzip.' });
}
