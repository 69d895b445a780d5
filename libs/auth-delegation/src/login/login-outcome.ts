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
 * What came of a login.
 *
 * - `logged-in`: the provider vouches for this user; its tokens are already gone, but for the refresh token where sessions are
 *   to be confirmed with it: it is for the client to keep, sealed.
 * - `not-logged-in`: asked with `prompt=none`, the provider would have to ask the user, and `error` says for what; `isEnded` when it has no session of the
 *   user any more (`login_required`).
 * - `denied`: the user or the provider said no; `error` is one of the codes of RFC 6749 or OpenID Connect.
 * - `refused`: the callback or the ID token is not to be believed; `reason` is for the log, from a closed list.
 * - `provider-unavailable`: try again later.
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

/** OpenID Connect Core, section 3.1.2.6: answers to `prompt=none`. */
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
/** Codes of openid-client that blame the transport, not the content. A failed `fetch` arrives without a code. */
const transport = [
  undefined,
  'OAUTH_TIMEOUT',
  'OAUTH_ABORT',
  'OAUTH_RESPONSE_IS_NOT_CONFORM',
  'OAUTH_RESPONSE_IS_NOT_JSON',
];

/** What an error of the callback or the exchange means; anything unexpected is thrown on. */
export function loginFailure(error: unknown, returnTo: string): Failure {
  if (error instanceof AuthorizationResponseError) return answerOf(error.error, returnTo);
  if (error instanceof ResponseBodyError)
    return error.status >= 500
      ? { kind: 'provider-unavailable' }
      : { kind: 'refused', reason: 'token-endpoint' };
  // The provider does not know our secret: nobody can log in until the configuration is put right.
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

/** A body that was cut (F70): `fetch` rejects with a `TypeError` that has no code. What is complete and cannot be parsed has other errors. */
function isCut({ code, cause }: ClientError): boolean {
  if (code !== 'OAUTH_PARSE_ERROR') return false;
  let each = cause as ErrorLike | undefined;
  while (each && !(each.name === 'TypeError' && each.code === undefined)) each = each.cause;
  return each !== undefined;
}

/** `error` came through the browser: what is not in a list of ours is not repeated. */
function answerOf(error: string, returnTo: string): Failure {
  const needed = needsTheUser.find((each) => each === error);
  if (needed) return { kind: 'not-logged-in', returnTo, error: needed, isEnded: needed === 'login_required' };
  if (needsTime.includes(error)) return { kind: 'provider-unavailable' };
  return { kind: 'denied', error: denials.includes(error) ? error : 'other' };
}
