import { OAuthError } from '@bff/auth-delegation';
import express, { type Request, type RequestHandler } from 'express';

const formType = 'application/x-www-form-urlencoded';

/** Parses the query from the raw URL, because Express turns repeated parameters into lists. */
export function queryOf({ originalUrl }: Request): URLSearchParams {
  const begin = originalUrl.indexOf('?');
  return new URLSearchParams(begin < 0 ? '' : originalUrl.slice(begin));
}

/** Creates middleware that reads a form (RFC 6749, appendix B) of at most 16 KiB; valid forms are smaller. */
export function formBody(): RequestHandler {
  return express.text({ type: formType, limit: '16kb', inflate: false });
}

/**
 * Parses the form of a request.
 * @throws {OAuthError} `invalid_request` if the body is not a form
 */
export function formOf({ body }: { readonly body?: unknown }): URLSearchParams {
  if (typeof body !== 'string') throw new OAuthError('invalid_request', `the body must be ${formType}`);
  return new URLSearchParams(body);
}

/** Returns the value of a parameter that occurs exactly once, otherwise undefined. */
export function onlyValue(parameters: URLSearchParams, name: string): string | undefined {
  const [value, ...more] = parameters.getAll(name);
  return more.length === 0 ? value : undefined;
}
