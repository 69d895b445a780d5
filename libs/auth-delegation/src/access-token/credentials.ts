import { credentialsWanted, notAuthenticated, type Scheme } from './challenge.ts';
import type { RequestFacts } from './request-facts.ts';

export interface Credentials {
  readonly scheme: Scheme;
  readonly token: string;
}

/** Syntax of `Authorization` (RFC 6750, section 2.1): scheme in any case, one or more spaces, a b64token. */
const syntax = /^(bearer|dpop) +([A-Za-z0-9._~+/-]+=*)$/i;

/**
 * Reads the access token of the `Authorization` field; ignores tokens in query and body.
 * @throws {Problem} `not-authenticated` when there is none, more than one, or a malformed one
 */
export function readCredentials(headers: RequestFacts['headers']): Credentials {
  const values = headers['authorization'] ?? [];
  if (values.length === 0) throw credentialsWanted();
  const match = syntax.exec(values[0] ?? '');
  if (values.length > 1 || !match?.[1] || !match[2])
    throw notAuthenticated('Bearer', 'invalid_request', 'malformed authorization');
  return { scheme: match[1].toLowerCase() === 'dpop' ? 'DPoP' : 'Bearer', token: match[2] };
}
