import type { Seal } from '../login/seal.ts';
import { OAuthError } from './oauth-error.ts';
import { optional } from './parameters.ts';

/** Response to a pushed authorization request (RFC 9126, section 2.2). */
export interface PushedAnswer {
  /** Value of `request_uri` in the authorization request. */
  readonly request_uri: string;
  /** Seconds until it expires. */
  readonly expires_in: number;
}

/** Authorization requests that clients pushed (RFC 9126). */
export interface PushedRequests {
  /** Returns the reference to a request. @throws {OAuthError} when the request is too long */
  push(parameters: URLSearchParams): PushedAnswer;
  /**
   * Returns the parameters that were pushed if the request refers to them, else its own parameters.
   * @throws {OAuthError} when the reference is invalid, expired, or belongs to another client
   */
  resolve(parameters: URLSearchParams): URLSearchParams;
}

const urn = 'urn:ietf:params:oauth:request_uri:';
const purpose = 'pushed-request';
const expiresIn = 90;
const longestReference = 4096;

/**
 * Creates the pushed requests. The reference is the sealed request itself, so that a request without a login
 * stores nothing but the id of a DPoP proof. It may be used again until it expires (RFC 9126, section 4);
 * each use needs a login and the verifier of the request's code challenge.
 */
export function createPushedRequests(seal: Seal): PushedRequests {
  return {
    push(parameters) {
      try {
        const sealed = seal.seal({ parameters: [...parameters] }, purpose, expiresIn);
        return { request_uri: urn + sealed, expires_in: expiresIn };
      } catch (error) {
        if (error instanceof RangeError) throw new OAuthError('invalid_request', 'the request is too long');
        throw error;
      }
    },

    resolve(parameters) {
      const reference = optional(parameters, 'request_uri', longestReference);
      if (!reference?.startsWith(urn)) return parameters;
      const opened = seal.open(reference.slice(urn.length), purpose) as
        { readonly parameters: [string, string][] } | undefined;
      const pushed = new URLSearchParams(opened?.parameters);
      if (!opened || pushed.get('client_id') !== optional(parameters, 'client_id'))
        throw new OAuthError('invalid_request', 'request_uri is expired or not valid for this client');
      return pushed;
    },
  };
}
