import { Problem } from '@bff/service-kit';
import type { RequestHandler } from 'express';
import { versions, type Version } from './contract/versions.ts';

/** Creates middleware that announces a deprecated version on every answer (RFC 9745, RFC 8594). */
export function announceVersion({ deprecated }: Version): RequestHandler {
  const headers: readonly (readonly [string, string])[] = deprecated
    ? [
        ['Deprecation', `@${deprecated.since.getTime() / 1_000}`],
        ['Sunset', deprecated.sunset.toUTCString()],
        ['Link', '</docs>; rel="deprecation"; type="text/html"'],
      ]
    : [];
  return function announce(_request, response, next) {
    for (const [header, value] of headers) response.setHeader(header, value);
    next();
  };
}

/** Creates middleware that answers 404 to other versions, such as `/v3`, and names the supported ones. */
export function unsupportedVersion(): RequestHandler {
  const served = versions.map(({ name }) => name).join(', ');
  return function refuse(request, _response, next) {
    const detail = /^\/v\d+(?:\/|$)/.test(request.path) ? `The supported versions are ${served}.` : undefined;
    next(new Problem('not-found', { detail }));
  };
}
