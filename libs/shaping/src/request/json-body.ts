import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { findContext, Problem } from '@bff/service-kit';
import { json, type RequestHandler } from 'express';
import { nestsWithin } from './json-depth.ts';
import { findLostMember } from './lost-member.ts';

export interface BodyLimits {
  /** Maximum bytes; a larger body is a 413. */
  readonly maxBytes: number;
  /** Maximum nesting of objects and arrays; a deeper body is a 400. */
  readonly maxDepth: number;
}

export interface JsonBodyOptions extends BodyLimits {
  /**
   * Accepted media types; default `application/json`. Another type, a charset other than UTF-8 or a content
   * coding is a 415.
   */
  readonly types?: readonly string[];
}

/**
 * Creates middleware that puts the parsed JSON body on `request.body`, or passes a Problem to `next`. Without
 * a body, `request.body` is undefined. The body is parsed only after size, encoding and depth were checked,
 * and only if parsing changes no number and drops no member (F03).
 */
export function jsonBody({
  maxBytes,
  maxDepth,
  types = ['application/json'],
}: JsonBodyOptions): RequestHandler {
  const parse = json({
    limit: maxBytes,
    // Type and coding are checked below.
    type: () => true,
    // RFC 8259: any JSON value is a valid text. Whether it must be an object is up to the route's schema.
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

/** Returns whether a header field announces a body (RFC 9112, section 6.3). */
function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Checks the header fields before a byte of the body is read. */
function checkHeaders(
  { method, headers }: IncomingMessage,
  types: readonly string[],
  maxBytes: number,
): Problem | undefined {
  const [type, ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';');
  if (!types.includes(type?.trim() ?? '') || !parameters.every(isHarmlessParameter))
    // RFC 5789, section 2.2, and RFC 9110, section 15.5.16: name the accepted types.
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
