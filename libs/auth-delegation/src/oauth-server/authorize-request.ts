import { mustAllow, type ClientRegister, type OAuthClient } from './clients.ts';
import { OAuthError, type OAuthErrorCode } from './oauth-error.ts';
import { optional, required } from './parameters.ts';
import type { PushedAnswer, PushedRequests } from './pushed-requests.ts';
import { matchesRedirectUri } from './redirect-uri.ts';

/** A valid authorization request; plain data, to be sealed while the user logs in. */
export interface AuthorizeRequest {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly codeChallenge: string;
  readonly state?: string;
  /** Thumbprint of the key that the token request will prove (RFC 9449, section 10). */
  readonly jkt?: string | undefined;
}

/**
 * Result of parsing. Until client and redirect URI are verified, errors are shown to the user instead of
 * being redirected to an address that the request chose; afterwards they are sent to the client (RFC 6749,
 * section 4.1.2.1).
 */
export type AuthorizeOutcome =
  | {
      readonly kind: 'valid';
      readonly request: AuthorizeRequest;
      readonly client: OAuthClient;
      /** The pushed parameters if the request refers to a pushed request, else its own parameters. */
      readonly parameters: URLSearchParams;
    }
  | { readonly kind: 'show'; readonly error: OAuthError }
  | { readonly kind: 'redirect'; readonly location: string };

export interface AuthorizeContext {
  readonly clients: ClientRegister;
  readonly pushed: PushedRequests;
  readonly issuer: string;
}

/**
 * Syntax of a code challenge (RFC 7636, section 4.2) and of a key thumbprint (RFC 7638): both are SHA-256 in
 * base64url.
 */
const challengeSyntax = /^[A-Za-z0-9_-]{43}$/;

export function validateAuthorize(
  given: URLSearchParams,
  { clients, pushed, issuer }: AuthorizeContext,
): AuthorizeOutcome {
  let parameters: URLSearchParams;
  let destination: Destination;
  try {
    parameters = pushed.resolve(given);
    destination = destinationOf(parameters, clients);
  } catch (error) {
    return { kind: 'show', error: oauthError(error) };
  }
  try {
    const request = requestOf(parameters, destination);
    return { kind: 'valid', client: destination.client, request, parameters };
  } catch (error) {
    const { error: code, error_description: description } = oauthError(error);
    const { redirectUri } = destination;
    const to = { redirectUri, state: stateOf(parameters) };
    return { kind: 'redirect', location: errorLocation(to, issuer, code, description) };
  }
}

/**
 * Validates an authorization request that a client pushes (RFC 9126, section 2.1), and returns the reference
 * to it. @throws {OAuthError}
 */
export function pushAuthorize(
  parameters: URLSearchParams,
  { clients, pushed }: AuthorizeContext,
): PushedAnswer {
  if (parameters.has('request_uri'))
    throw new OAuthError('invalid_request', 'a pushed request must not have a request_uri');
  requestOf(parameters, destinationOf(parameters, clients));
  return pushed.push(parameters);
}

interface Destination {
  readonly client: OAuthClient;
  readonly redirectUri: string;
}

/** Returns the client, and the validated redirect URI to which the result is sent. @throws {OAuthError} */
function destinationOf(parameters: URLSearchParams, clients: ClientRegister): Destination {
  const client = clients.of(parameters);
  const redirectUri = required(parameters, 'redirect_uri');
  if (!matchesRedirectUri(redirectUri, client))
    throw new OAuthError('invalid_request', 'redirect_uri is not registered for this client');
  return { client, redirectUri };
}

/** Validates the parameters besides client and redirect URI. @throws {OAuthError} */
function requestOf(parameters: URLSearchParams, { client, redirectUri }: Destination): AuthorizeRequest {
  const codeChallenge = checkedChallenge(parameters, client);
  const state = optional(parameters, 'state');
  const jkt = optional(parameters, 'dpop_jkt');
  if (jkt !== undefined && !challengeSyntax.test(jkt))
    throw new OAuthError('invalid_request', 'dpop_jkt must be a SHA-256 thumbprint in base64url');
  const request = {
    clientId: client.clientId,
    redirectUri,
    codeChallenge,
    ...(state !== undefined && { state }),
  };
  return jkt === undefined ? request : { ...request, jkt };
}

/** Returns the state for an error response; undefined unless it occurs exactly once. */
function stateOf(parameters: URLSearchParams): string | undefined {
  const states = parameters.getAll('state');
  return states.length === 1 ? states[0] : undefined;
}

/** Returns the redirect that reports an error to the client. */
export function errorLocation(
  request: Pick<AuthorizeRequest, 'redirectUri' | 'state'>,
  issuer: string,
  error: OAuthErrorCode,
  description?: string,
): string {
  return withQuery(request.redirectUri, {
    error,
    error_description: description,
    state: request.state,
    iss: issuer,
  });
}

/** Returns the redirect with the code. `iss` prevents mix-up attacks (RFC 9207). */
export function codeLocation({ redirectUri, state }: AuthorizeRequest, issuer: string, code: string): string {
  return withQuery(redirectUri, { code, state, iss: issuer });
}

function checkedChallenge(parameters: URLSearchParams, client: OAuthClient): string {
  if (parameters.has('request')) throw new OAuthError('request_not_supported');
  if (parameters.has('request_uri')) throw new OAuthError('request_uri_not_supported');
  if (required(parameters, 'response_type') !== 'code') throw new OAuthError('unsupported_response_type');
  if ((optional(parameters, 'response_mode') ?? 'query') !== 'query')
    throw new OAuthError('invalid_request', 'response_mode is not supported');
  mustAllow(client, 'authorization_code');
  const challenge = required(parameters, 'code_challenge');
  // An omitted method means `plain`, which protects nothing (RFC 7636, sections 4.3 and 7.2).
  if (optional(parameters, 'code_challenge_method') !== 'S256')
    throw new OAuthError('invalid_request', 'code_challenge_method must be S256');
  if (!challengeSyntax.test(challenge))
    throw new OAuthError('invalid_request', 'code_challenge is malformed');
  return challenge;
}

/** Concatenates, because a URL parser would change the address that the client registered. */
function withQuery(uri: string, values: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined) query.set(name, value);
  return `${uri}${uri.includes('?') ? '&' : '?'}${query}`;
}

function oauthError(error: unknown): OAuthError {
  if (error instanceof OAuthError) return error;
  throw error;
}
