import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { TokenRefused } from '../jwt/token-refused.ts';
import { ProviderUnavailable } from '../provider/provider-unavailable.ts';
import type { Login } from './id-token.ts';

/**
 * Outcome of a login.
 *
 * - `logged-in`: the provider authenticated the user. Its tokens were dropped, except for the refresh token
 * if sessions are confirmed with it; the client keeps it, sealed.
 * - `not-logged-in`: with `prompt=none`, the provider would have to interact with the user, for the reason in
 * `error`; `isEnded` is true if the provider's session has ended (`login_required`).
 * - `denied`: the user or the provider refused; `error` is a code of RFC 6749 or OpenID Connect.
 * - `refused`: the callback or the ID token is invalid; `reason` is for the log, from a closed list.
 * - `provider-unavailable`: the provider is down, so the user can try again later.
 */
export type LoginOutcome =
  | {
      readonly kind: 'logged-in';
      readonly login: Login;
      readonly returnTo: string;
      readonly refreshToken?: string;
    }
  | {
      readonly kind: 'not-logged-in';
      readonly returnTo: string;
      readonly error: UserNeeded;
      readonly isEnded: boolean;
    }
  | { readonly kind: 'denied'; readonly error: string }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'provider-unavailable' };

type Failure = Exclude<LoginOutcome, { readonly kind: 'logged-in' }>;

/** Error codes in response to `prompt=none` (OpenID Connect Core, section 3.1.2.6). */
const needsTheUser = [
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
] as const;
export type UserNeeded = (typeof needsTheUser)[number];
const needsTime = ['temporarily_unavailable', 'server_error'];
const denials = [
  'access_denied',
  'invalid_request',
  'unauthorized_client',
  'unsupported_response_type',
  'invalid_scope',
];
/**
 * Codes of openid-client for transport errors. The list includes `undefined`, because the error of a failed
 * `fetch` has no code.
 */
const transport = [
  undefined,
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
];

/** Returns the outcome for an error of the callback or the exchange. Rethrows unexpected errors. */
export function loginFailure(error: unknown, returnTo: string): Failure {
  if (error instanceof AuthorizationResponseError) return answerOf(error.error, returnTo);
  if (error instanceof ResponseBodyError)
    return error.status >= 500
      ? { kind: 'provider-unavailable' }
      : { kind: 'refused', reason: 'token-endpoint' };
  // The provider rejects the client's credentials, so nobody can log in until the configuration is fixed.
  if (error instanceof WWWAuthenticateChallengeError)
    return { kind: 'refused', reason: 'client-authentication' };
  if (error instanceof TokenRefused) return { kind: 'refused', reason: error.code };
  if (error instanceof ProviderUnavailable) return { kind: 'provider-unavailable' };
  if (error instanceof ClientError)
    return transport.includes(error.code) || isCut(error)
      ? { kind: 'provider-unavailable' }
      : { kind: 'refused', reason: error.code ?? 'unknown' };
  if (error instanceof TypeError && error.message === 'fetch failed') return { kind: 'provider-unavailable' };
  throw error;
}

interface ErrorLike {
  readonly name?: string;
  readonly code?: unknown;
  readonly cause?: ErrorLike;
}

/**
 * Detects a truncated body (F70): `fetch` rejects with a `TypeError` without a code. Complete bodies that
 * cannot be parsed have other errors.
 */
function isCut({ code, cause }: ClientError): boolean {
  if (code !== 'OAUTH_PARSE_ERROR') return false;
  let each = cause as ErrorLike | undefined;
  while (each && !(each.name === 'TypeError' && each.code === undefined)) each = each.cause;
  return each !== undefined;
}

/** Copies only codes of a fixed list into the outcome, because `error` passed through the browser. */
function answerOf(error: string, returnTo: string): Failure {
  const needed = needsTheUser.find((each) => each === error);
  if (needed) return { kind: 'not-logged-in', returnTo, error: needed, isEnded: needed === 'login_required' };
  if (needsTime.includes(error)) return { kind: 'provider-unavailable' };
  return { kind: 'denied', error: denials.includes(error) ? error : 'other' };
}
