import type { IncomingHttpHeaders } from 'node:http';
import { randomHex } from '../core/random-hex.ts';

/** W3C Trace Context of this hop, to be sent to upstreams. */
export interface TraceContext {
  readonly traceparent: string;
  /** The caller's `tracestate` if its trace is continued and the field is valid. */
  readonly tracestate: string | undefined;
}

/**
 * Syntax of `traceparent` (W3C Trace Context, section 3.2): ids are not all zero; only a later version may
 * have a suffix, which begins with a dash.
 */
const traceparentSyntax =
  /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(-.*)?$/;
/**
 * Syntax of a member of `tracestate` (W3C Trace Context, section 3.3.1.3): a key, optionally with a tenant,
 * and a value of up to 256 visible characters without `,` and `=`.
 */
const memberSyntax =
  /^(?:[a-z0-9][a-z0-9_*/-]{0,255}|[a-z0-9][a-z0-9_*/-]{0,240}@[a-z][a-z0-9_*/-]{0,13})=[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/;
const maxMembers = 32;
/**
 * Number of characters of `tracestate` that have to be propagated, and the length above which a member is
 * removed before shorter ones (W3C Trace Context, section 3.3.1.5).
 */
const maxLength = 512;
const longMember = 128;

/** Continues the caller's trace with a new span id, or starts a trace. */
export function continueTrace({ traceparent, tracestate }: IncomingHttpHeaders): TraceContext {
  const match = typeof traceparent === 'string' ? traceparentSyntax.exec(traceparent) : null;
  const [, version, traceId, flags = '', tail] = match ?? [];
  if (traceId === undefined || (version === '00' && tail !== undefined))
    return { traceparent: `00-${randomHex(16)}-${randomHex(8)}-01`, tracestate: undefined };
  // Version 00 defines only the lowest flag; the others are sent as zero (W3C Trace Context, section
  // 3.2.2.5).
  const sampled = Number.parseInt(flags, 16) & 1;
  return { traceparent: `00-${traceId}-${randomHex(8)}-0${sampled}`, tracestate: validState(tracestate) };
}

/**
 * Returns the context of a request that already has a span. Keeps the caller's `tracestate` if the span
 * continues the caller's trace.
 */
export function traceOfSpan(own: string, { traceparent, tracestate }: IncomingHttpHeaders): TraceContext {
  const isContinued = String(traceparent).slice(3, 35) === own.slice(3, 35);
  return { traceparent: own, tracestate: isContinued ? validState(tracestate) : undefined };
}

/**
 * Returns `tracestate` as one field, or undefined if a member is malformed: the list is then discarded (W3C
 * Trace Context, section 3.3).
 */
function validState(field: string | readonly string[] | undefined): string | undefined {
  if (field === undefined) return undefined;
  const members = String(field)
    .split(',')
    .map((member) => member.replace(/^[ \t]+|[ \t]+$/g, ''))
    .filter((member) => member !== '');
  if (members.length === 0 || members.length > maxMembers) return undefined;
  if (!members.every((member) => memberSyntax.test(member))) return undefined;
  const length = () => members.join(',').length;
  while (length() > maxLength) {
    const long = members.findLastIndex((member) => member.length > longMember);
    members.splice(long === -1 ? members.length - 1 : long, 1);
  }
  return members.length > 0 ? members.join(',') : undefined;
}
