import type { Seal } from '../login/seal.ts';
import { OAuthError } from './oauth-error.ts';
import { optional } from './parameters.ts';

/** Response to a pushed authorization request (RFC 9126, section 2.2). */
export interface PushedAnswer {
  /** Value of `request_uri` in the authorization request. */
  readonly request_uri: string;
  /** Lifetime of `request_uri` in seconds. */
  readonly expires_in: number;
}

/** Authorization requests that clients pushed (RFC 9126). */
export interface PushedRequests {
  /** Returns a `request_uri` for the parameters. @throws {OAuthError} when the request is too long */
  push(parameters: URLSearchParams): PushedAnswer;
  /**
   * Returns the pushed parameters if the request refers to a pushed request, else its own parameters.
   * @throws {OAuthError} when the reference is invalid, expired, or belongs to another client
   */
  resolve(parameters: URLSearchParams): URLSearchParams;
}

const urn = 'urn:ietf:params:oauth:request_uri:';
const purpose = 'pushed-request';
const lifetimeSeconds = 90;
const maxReferenceLength = 4096;

/**
 * Creates the codec of pushed requests. The reference is the sealed request itself, so that a request without
 * a login stores nothing but the id of a DPoP proof. A reference may be used again until it expires (RFC
 * 9126, section 4); each use needs a login and the verifier of the request's code challenge.
 */
export function createPushedRequests(seal: Seal): PushedRequests {
  return {
    push(parameters) {
      try {
        const sealed = seal.seal({ parameters: [...parameters] }, purpose, lifetimeSeconds);
        return { request_uri: urn + sealed, expires_in: lifetimeSeconds };
      } catch (error) {
        if (error instanceof RangeError)
          throw new OAuthError('invalid_request', 'the parameters are too long together: shorten them');
        throw error;
      }
    },

    resolve(parameters) {
      const reference = optional(parameters, 'request_uri', maxReferenceLength);
      if (!reference?.startsWith(urn)) return parameters;
      const opened = seal.open(reference.slice(urn.length), purpose) as
        { readonly parameters: [string, string][] } | undefined;
      const pushed = new URLSearchParams(opened?.parameters);
      if (!opened || pushed.get('client_id') !== optional(parameters, 'client_id'))
        throw new OAuthError(
          'invalid_request',
          'request_uri is expired or not valid for this client: push the request again',
        );
      return pushed;
    },
  };
}
