import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import { parseHttpDate, type Outcome } from '@bff/service-kit';
import { modificationOf } from '../cache/modification.ts';
import type { Accept } from '../pipeline/accept.ts';
import type { Fault, KnownAnswer, Reply } from '../pipeline/call.ts';
import { absent, failed } from '../pipeline/outcomes.ts';
import { inexactMember, parseJson, type ParsedJson } from '../pipeline/parse-json.ts';

const badResponse = failed('bad-response');
/** Matches JSON types: also every `+json` type (RFC 6839), and `text/json`, an unregistered older name. */
const jsonType = /^(?:(?:application|text)\/json|[\w!#$&^.-]+\/[\w!#$&^.+-]+\+json)\s*(?:;|$)/i;
/**
 * Success statuses of a write without information about the resource (RFC 9110, sections 15.3.3, 15.3.5 and
 * 15.3.6).
 */
const withoutContent = new Set([202, 204, 205]);
const charsetSyntax = /;\s*charset\s*=\s*"?([^\s;"]+)"?/i;

/** A successful write whose answer has no usable content. */
export const made: Outcome<unknown> = { kind: 'value', value: undefined };

const noHeaders = {};

/** Creates the reply of a call before any answer. */
export const emptyReply = (): Reply => ({
  status: 0,
  headers: noHeaders,
  bytes: 0,
  text: undefined,
  fault: undefined,
  wasSent: false,
  isConnectionFault: false,
});

/** Records in the reply why it is a bad response. */
function bad(reply: Reply, kind: Fault['kind'], field?: string): Outcome<never> {
  reply.fault = { kind, field };
  return badResponse;
}

/** Returns the outcome if status and header fields decide it, or undefined when it depends on the body. */
export function outcomeOfHead(
  reply: Reply,
  known: KnownAnswer | undefined,
  isWrite: boolean,
): Outcome<unknown> | undefined {
  const { status, headers } = reply;
  if (status >= 500) return failed('error', retryAfterMs(headers));
  if (status === 429) return failed('shed', retryAfterMs(headers));
  if (status === 404 || status === 410) return absent;
  if (status >= 400) return { kind: 'refused', status };
  if (status === 304 && known) return confirmed(reply, known);
  // Redirects are not followed: an upstream could send the internal token anywhere.
  if (status >= 300) return bad(reply, 'status');
  if (isWrite && withoutContent.has(status)) return made;
  if (status === 204 || status === 205) return bad(reply, 'status');
  const { 'content-type': type, 'content-encoding': coding = 'identity' } = headers;
  if (!jsonType.test(one(type))) return bad(reply, 'content-type', 'content-type');
  if (one(coding).toLowerCase() !== 'identity') return bad(reply, 'content-encoding', 'content-encoding');
  return undefined;
}

/**
 * Returns the value of a single-valued field. Several equal values count as one (RFC 9110, section 5.3);
 * different values give an empty text.
 */
function one(field: unknown): string {
  const [first, ...others] = Array.isArray(field) ? (field as unknown[]) : [field];
  return typeof first === 'string' && others.every((other) => other === first) ? first : '';
}

/**
 * Returns the value that a 304 confirms. A 304 whose strong entity tag differs from the one in the request is
 * for another representation (RFC 9111, section 4.3.4), so it is a bad response.
 */
function confirmed(reply: Reply, { kept, etag, lastModified }: KnownAnswer): Outcome<unknown> {
  const { headers } = reply;
  // Two field lines arrive as an array, which the type does not say.
  const { etag: received } = headers;
  if (String(received).startsWith('"') && received !== etag) return bad(reply, 'etag', 'etag');
  return valueWith(kept.read(), etag, headers['last-modified'] ?? lastModified, headers.date);
}

/**
 * Returns a body in UTF-8 without a byte order mark. Its charset is the declared one, by default UTF-8 (RFC
 * 8259, section 8.1). Undefined for bytes that are invalid in it, so that no replacement character reaches an
 * answer.
 */
export function inUtf8(body: Buffer, reply: Reply): Buffer | undefined {
  const type = one(reply.headers['content-type']);
  const charset = type.includes('=') ? charsetSyntax.exec(type)?.[1] : undefined;
  if (charset === undefined || /^utf-?8$/i.test(charset)) {
    if (isUtf8(body))
      return body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? body.subarray(3) : body;
    bad(reply, 'charset', 'content-type');
    return undefined;
  }
  try {
    return Buffer.from(new TextDecoder(charset, { fatal: true }).decode(body));
  } catch {
    bad(reply, 'charset', 'content-type');
    return undefined;
  }
}

/** Parses and validates an answer. @param body in UTF-8; its text becomes `reply.text` */
export function outcomeOfBody(reply: Reply, body: Buffer, accept: Accept<unknown>): Outcome<unknown> {
  const text = body.toString();
  reply.text = text;
  if (text === '') return bad(reply, 'empty');
  let parsed: ParsedJson;
  try {
    parsed = parseJson(text, body);
  } catch {
    return bad(reply, 'not-json');
  }
  const accepted = accept(parsed.json);
  if ('fault' in accepted) {
    reply.fault = accepted.fault;
    return badResponse;
  }
  const rounded = parsed.hasInexact ? inexactMember(accepted.value) : undefined;
  if (rounded !== undefined) return bad(reply, 'number', rounded);
  const { etag, date, 'last-modified': lastModified } = reply.headers;
  return valueWith(accepted.value, etag, lastModified, date);
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
/** Errors that mean bytes arrived, but not valid HTTP. A parser error of undici has a name and no code. */
const nonsense = new Set([
  'HTTPParserError',
  'UND_ERR_HEADERS_OVERFLOW',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
]);

/** Maps an error of the connection to an outcome. A connection that closes within an answer truncates it. */
export function outcomeOfError(reply: Reply, { code = '', name }: NodeJS.ErrnoException): Outcome<never> {
  if (timeoutCodes.has(code)) return failed('timeout');
  if (nonsense.has(code) || nonsense.has(name)) return bad(reply, 'not-http');
  return reply.status > 0 && code === 'UND_ERR_SOCKET' ? bad(reply, 'truncated') : failed('error');
}

/**
 * Parses `Retry-After`: seconds, or a date compared with the upstream's own `Date` (RFC 9110, section
 * 10.2.3). Undefined when invalid.
 */
function retryAfterMs({ 'retry-after': field, date }: IncomingHttpHeaders): number | undefined {
  if (typeof field !== 'string') return undefined;
  if (/^\d{1,9}$/.test(field)) return Number(field) * 1000;
  const at = parseHttpDate(field);
  if (at === undefined) return undefined;
  return Math.max(0, at - ((typeof date === 'string' ? parseHttpDate(date) : undefined) ?? Date.now()));
}
