import { OAuthError } from '@bff/auth-delegation';
import express, { type Request, type RequestHandler } from 'express';

const formType = 'application/x-www-form-urlencoded';

/** The query as it was sent. Express would make lists and numbers of what is given twice. */
export function queryOf({ originalUrl }: Request): URLSearchParams {
  const begin = originalUrl.indexOf('?');
  return new URLSearchParams(begin < 0 ? '' : originalUrl.slice(begin));
}

/** Middleware: reads a form (RFC 6749, appendix B). Everything an honest client sends fits in 16 KiB. */
export function formBody(): RequestHandler {
  return express.text({ type: formType, limit: '16kb', inflate: false });
}

/** @throws {OAuthError} `invalid_request` when the body is no form */
export function formOf({ body }: { readonly body?: unknown }): URLSearchParams {
  if (typeof body !== 'string') throw new OAuthError('invalid_request', `the body must be ${formType}`);
  return new URLSearchParams(body);
}

/** The value of a parameter that is there exactly once. */
export function onlyValue(parameters: URLSearchParams, name: string): string | undefined {
  const [value, ...more] = parameters.getAll(name);
  return more.length === 0 ? value : undefined;
}
