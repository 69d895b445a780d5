import type { IncomingHttpHeaders } from 'node:http';
import { randomHex } from '../core/random-hex.ts';

/** W3C Trace Context of this hop, ready to be sent to an upstream. */
export interface TraceContext {
  readonly traceparent: string;
  /** As it came, for a trace that is continued; undefined when there is none, or none that is valid. */
  readonly tracestate: string | undefined;
}

/** Trace Context, section 3.2: ids not all zero; only a later version may have a tail, which begins with a dash. */
const traceparentSyntax =
  /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(-.*)?$/;
/** Section 3.3.1.3: a key, with the name of a tenant or without; up to 256 visible characters without `,` and `=`. */
const memberSyntax =
  /^(?:[a-z0-9][a-z0-9_*/-]{0,255}|[a-z0-9][a-z0-9_*/-]{0,240}@[a-z][a-z0-9_*/-]{0,13})=[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]$/;
const maxMembers = 32;
/** Section 3.3.1.5: what has to be sent on, and the members that go first when it is more. */
const maxLength = 512;
const longMember = 128;

/** Continues the caller's trace with a span id of our own, or begins a trace. */
export function continueTrace({ traceparent, tracestate }: IncomingHttpHeaders): TraceContext {
  const match = typeof traceparent === 'string' ? traceparentSyntax.exec(traceparent) : null;
  const [, version, traceId, flags = '', tail] = match ?? [];
  if (traceId === undefined || (version === '00' && tail !== undefined))
    return { traceparent: `00-${randomHex(16)}-${randomHex(8)}-01`, tracestate: undefined };
  // Section 3.2.2.5: of the flags, version 00 knows the lowest bit; the others are sent as zero.
  const sampled = Number.parseInt(flags, 16) & 1;
  return { traceparent: `00-${traceId}-${randomHex(8)}-0${sampled}`, tracestate: validState(tracestate) };
}

/** The context of a request that has a span already: no id is made, and the caller's state goes on if the span is of its trace. */
export function traceOfSpan(own: string, { traceparent, tracestate }: IncomingHttpHeaders): TraceContext {
  const isContinued = String(traceparent).slice(3, 35) === own.slice(3, 35);
  return { traceparent: own, tracestate: isContinued ? validState(tracestate) : undefined };
}

/** Section 3.3: a list that has one malformed member is dropped as a whole. Several lines are one list. */
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
