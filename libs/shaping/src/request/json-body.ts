import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { findContext, Problem } from '@bff/service-kit';
import { json, type RequestHandler } from 'express';
import { nestsWithin } from './json-depth.ts';
import { findLostMember } from './lost-member.ts';

export interface BodyLimits {
  /** More is a 413. */
  readonly maxBytes: number;
  /** Containers inside each other; more is a 400. */
  readonly maxDepth: number;
}

export interface JsonBodyOptions extends BodyLimits {
  /** Media types; default `application/json`. Another one, another charset than UTF-8 or a coded body is a 415. */
  readonly types?: readonly string[];
}

/**
 * Middleware that puts the parsed JSON body on `request.body`, or hands a Problem to `next`. A request without body
 * passes with `undefined`. Nothing is parsed before size, encoding and depth are known to be harmless, nor when parsing
 * would change a number or drop a member (F03).
 */
export function jsonBody({
  maxBytes,
  maxDepth,
  types = ['application/json'],
}: JsonBodyOptions): RequestHandler {
  const parse = json({
    limit: maxBytes,
    // The checks below took care of type and coding.
    type: () => true,
    // RFC 8259: any JSON value is a text. Whether the route wants an object is its schema's business.
    strict: false,
    verify(_request, _response, body) {
      if (body.length === 0 || !isUtf8(body)) throw malformed();
      if (!nestsWithin(body, maxDepth))
        throw new Problem('bad-request', { detail: `The body nests deeper than ${maxDepth} levels.` });
      const lost = findLostMember(body.toString());
      if (lost) throw new Problem('bad-request', { detail: lost });
    },
  });

  return function readJsonBody(request, response, next) {
    if (!hasBody(request)) {
      next();
      return;
    }
    const refusal = checkHeaders(request, types, maxBytes);
    if (refusal) next(refusal);
    else {
      const startedAt = performance.now();
      parse(request, response, (error?: unknown) => {
        findContext(request)?.excuse(performance.now() - startedAt);
        next(error);
      });
    }
  };
}

/** RFC 9112, section 6.3: a request has a body when one of these says so. */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Before a byte of the body is read. */
function checkHeaders(
  { method, headers }: IncomingMessage,
  types: readonly string[],
  maxBytes: number,
): Problem | undefined {
  const [type, ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';');
  if (!types.includes(type?.trim() ?? '') || !parameters.every(isHarmlessParameter))
    // RFC 5789, section 2.2, and RFC 9110, section 15.5.16: say what would do.
    return unsupported(method === 'PATCH' ? 'Accept-Patch' : 'Accept', types.join(', '));
  if ((headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity')
    return unsupported('Accept-Encoding', 'identity');
  if (Number(headers['content-length'] ?? 0) > maxBytes)
    return new Problem('content-too-large', { detail: `The limit is ${maxBytes} bytes.` });
  return undefined;
}

function isHarmlessParameter(parameter: string): boolean {
  const [name, value] = parameter.split('=', 2);
  return name?.trim() !== 'charset' || /^[\t ]*"?utf-8"?[\t ]*$/.test(value ?? '');
}

function unsupported(header: string, value: string): Problem {
  return new Problem('unsupported-media-type', { headers: { [header]: value } });
}

function malformed(): Problem {
  return new Problem('bad-request', { detail: 'The body is not JSON in UTF-8.' });
}
