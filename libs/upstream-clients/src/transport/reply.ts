import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import { parseHttpDate, type Outcome } from '@bff/service-kit';
import { modificationOf } from '../cache/modification.ts';
import type { KnownAnswer, Reply } from '../pipeline/call.ts';
import { absent, failed } from '../pipeline/outcomes.ts';

const badResponse = failed('bad-response');
/** RFC 6839: every `+json` type is JSON; `text/json` is an old name of it. */
const jsonType = /^(?:(?:application|text)\/json|[\w!#$&^.-]+\/[\w!#$&^.+-]+\+json)\s*(?:;|$)/i;
/** Success statuses of a write that say nothing about the resource (RFC 9110, sections 15.3.3, 15.3.5 and 15.3.6). */
const withoutContent = new Set([202, 204, 205]);
const charsetSyntax = /;\s*charset\s*=\s*"?([^\s;"]+)"?/i;

/** A write that was made, but whose answer has nothing to show. */
export const made: Outcome<unknown> = { kind: 'value', value: undefined };

const noHeaders = {};

/** Before an upstream has said anything. */
export const noReply = (): Reply => ({ status: 0, headers: noHeaders, bytes: 0, text: undefined });

/** What status and header fields decide by themselves; undefined when it takes the body. */
export function outcomeOfHead(
  status: number,
  headers: IncomingHttpHeaders,
  { known, isWrite = false }: { readonly known?: KnownAnswer | undefined; readonly isWrite?: boolean } = {},
): Outcome<unknown> | undefined {
  if (status >= 500) return failed('error', retryAfterMs(headers['retry-after']));
  if (status === 429) return failed('shed', retryAfterMs(headers['retry-after']));
  if (status === 404 || status === 410) return absent;
  if (status >= 400) return { kind: 'refused', status };
  if (status === 304 && known) return confirmed(known, headers);
  // A redirect is not followed: the internal token would go where an upstream points.
  if (status >= 300) return badResponse;
  if (isWrite && withoutContent.has(status)) return made;
  const { 'content-type': type, 'content-encoding': coding = 'identity' } = headers;
  if (typeof type !== 'string' || !jsonType.test(type) || coding !== 'identity') return badResponse;
  return undefined;
}

/** RFC 9111, section 4.3.4: a strong validator that is not ours confirms something else. */
function confirmed(
  { kept, etag, lastModified }: KnownAnswer,
  headers: IncomingHttpHeaders,
): Outcome<unknown> {
  // Two lines make a list, whatever the type says.
  const { etag: told } = headers;
  if (String(told).startsWith('"') && told !== etag) return badResponse;
  return valueWith(kept.read(), etag, headers['last-modified'] ?? lastModified, headers.date);
}

/**
 * The text of a body in the charset that its type declares, else UTF-8 (RFC 8259, section 8.1). Undefined when the bytes
 * are not that, so that no replacement character ever reaches an answer.
 */
export function decoded(body: Buffer, type: unknown): string | undefined {
  const charset = typeof type === 'string' && type.includes('=') ? charsetSyntax.exec(type)?.[1] : undefined;
  if (charset === undefined || /^utf-?8$/i.test(charset)) return isUtf8(body) ? body.toString() : undefined;
  try {
    return new TextDecoder(charset, { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}

/** @param accept the model of the JSON, or undefined when it is not what was agreed */
export function outcomeOfBody(
  body: string,
  { etag, date, 'last-modified': lastModified }: IncomingHttpHeaders,
  accept: (value: unknown) => unknown,
): Outcome<unknown> {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return badResponse;
  }
  const value = accept(json);
  return value === undefined ? badResponse : valueWith(value, etag, lastModified, date);
}

function valueWith(value: unknown, etag: unknown, lastModified: unknown, date: unknown): Outcome<unknown> {
  const outcome = typeof etag === 'string' ? { kind: 'value', value, etag } : { kind: 'value', value };
  // The usual case: most upstreams send no modification date, so nothing is parsed or copied.
  if (lastModified === undefined) return outcome as Outcome<unknown>;
  const answeredAt = typeof date === 'string' ? parseHttpDate(date) : undefined;
  return { ...outcome, ...modificationOf(lastModified, answeredAt ?? Date.now()) } as Outcome<unknown>;
}

const timeoutCodes = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
]);
/** The peer spoke, but not HTTP. A parser error has a name and, as undici makes it, no code. */
const nonsense = new Set([
  'HTTPParserError',
  'UND_ERR_HEADERS_OVERFLOW',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
]);

/** @param headSeen whether the connection ended inside an answer: an orderly end there truncates it */
export function outcomeOfError(
  { code = '', name }: NodeJS.ErrnoException,
  headSeen: boolean,
): Outcome<never> {
  if (timeoutCodes.has(code)) return failed('timeout');
  if (nonsense.has(code) || nonsense.has(name)) return badResponse;
  return headSeen && code === 'UND_ERR_SOCKET' ? badResponse : failed('error');
}

/** RFC 9110, section 10.2.3: seconds or a date; anything else is as good as absent. */
function retryAfterMs(field: string | undefined): number | undefined {
  if (typeof field !== 'string') return undefined;
  if (/^\d{1,9}$/.test(field)) return Number(field) * 1000;
  const date = / GMT$/.test(field) ? Date.parse(field) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}
