import type { ServerResponse } from 'node:http';
import { formatHttpDate } from '@bff/service-kit';
import type { Answer } from './answer.ts';
import { cacheStatusHeader } from './cache-status.ts';
import { degradedHeader, serverTimingHeader } from './report-headers.ts';

const noTransformSyntax = /(?:^|,)[\t ]*no-transform[\t ]*(?:,|$)/i;

/** Returns whether `no-transform` is set (RFC 9111, sections 5.2.1.6 and 5.2.2.6). */
export function forbidsTransform(cacheControl: HeaderValue): boolean {
  return cacheControl !== undefined && noTransformSyntax.test(String(cacheControl));
}

type HeaderValue = string | number | readonly string[] | undefined;

/** Returns `Vary` with `Accept-Encoding` and the fields set before (`Origin`, `Cookie`). */
export function varyByCoding(...given: readonly HeaderValue[]): string {
  const names = new Map<string, string>();
  for (const value of given)
    for (const name of value === undefined ? [] : String(value).split(','))
      if (name.trim() !== '') names.set(name.trim().toLowerCase(), name.trim());
  if (names.has('*')) return '*';
  if (!names.has('accept-encoding')) names.set('accept-encoding', 'Accept-Encoding');
  return [...names.values()].join(', ');
}

/**
 * Header fields that only the sender sets; their values in an answer's `headers` are dropped. `Last-Modified`
 * is set from `lastModified`.
 */
const contentHeaders = new Set([
  'content-encoding',
  'content-length',
  'content-type',
  'last-modified',
  'transfer-encoding',
]);

/**
 * Sets the header fields that 200, 304, GET and HEAD share.
 * @param tag opaque part of the ETag of a complete read; undefined makes the answer `no-store`
 */
export function setAnswerHeaders(response: ServerResponse, answer: Answer, tag: string | undefined): void {
  const vary = varyByCoding(response.getHeader('Vary'), givenHeader(answer, 'vary'));
  const noTransform = answerForbidsTransform(response, answer) ? ', no-transform' : '';
  if (answer.headers)
    for (const [name, value] of Object.entries(answer.headers))
      if (!contentHeaders.has(name.toLowerCase())) response.setHeader(name, value);

  response.setHeader('Vary', vary);
  response.setHeader('Cache-Control', (tag === undefined ? 'no-store' : 'private, no-cache') + noTransform);
  if (tag !== undefined) {
    response.setHeader('ETag', `"${tag}"`);
    if (answer.lastModified !== undefined)
      response.setHeader('Last-Modified', formatHttpDate(answer.lastModified));
  }
  if (answer.degraded.length > 0) {
    response.removeHeader('ETag');
    response.setHeader('BFF-Degraded', degradedHeader(answer.degraded));
  }
  const cacheStatus = answer.cacheStatus && cacheStatusHeader(answer.cacheStatus);
  if (cacheStatus !== undefined) response.setHeader('Cache-Status', cacheStatus);
  if (answer.serverTiming?.length)
    response.setHeader('Server-Timing', serverTimingHeader(answer.serverTiming));
}

/** Returns whether the answer or an earlier middleware set `no-transform`. */
export function answerForbidsTransform(response: ServerResponse, answer: Answer): boolean {
  return (
    forbidsTransform(response.getHeader('Cache-Control')) ||
    forbidsTransform(givenHeader(answer, 'cache-control'))
  );
}

function givenHeader({ headers }: Answer, wanted: string): string | undefined {
  for (const name in headers) if (name.toLowerCase() === wanted) return headers[name];
  return undefined;
}
