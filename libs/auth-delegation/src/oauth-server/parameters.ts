import { OAuthError } from './oauth-error.ts';

const longestValue = 2048;

/**
 * Returns a parameter of an OAuth request; one without a value counts as omitted (RFC 6749, section 3.1).
 * @throws {OAuthError} `invalid_request` when it is repeated or too long
 */
export function optional(
  parameters: URLSearchParams,
  name: string,
  maxLength = longestValue,
): string | undefined {
  const [value, ...more] = parameters.getAll(name);
  if (more.length > 0) throw new OAuthError('invalid_request', `${name} is given twice`);
  if (value && value.length > maxLength) throw new OAuthError('invalid_request', `${name} is too long`);
  return value || undefined;
}

/** Returns a required parameter. @throws {OAuthError} as {@link optional}, and when it is missing */
export function required(parameters: URLSearchParams, name: string, maxLength?: number): string {
  const value = optional(parameters, name, maxLength);
  if (value === undefined) throw new OAuthError('invalid_request', `${name} is missing`);
  return value;
}
