import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { ProviderUnavailable } from './provider-unavailable.ts';
import { TokenRefused, type Refusal } from '../jwt/token-refused.ts';

/**
 * The reason why this app and the provider do not work together, for the person who configures them. Contains
 * no secret and no token.
 */
export interface Diagnosis {
  readonly reason: string;
  /** Environment variables to look at. */
  readonly setting?: string;
  readonly expected?: string;
  readonly found?: string;
}

/** The provider's metadata has another issuer than the one configured. */
export class OtherIssuer extends Error {
  override readonly name = 'OtherIssuer';
  readonly found: string;

  constructor(found: string) {
    super(`the provider calls itself ${found}`);
    this.found = found;
  }
}

const certificateErrors = new Set([
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_GET_ISSUER_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
]);
const clientSettings = 'CLIENT_ID, CLIENT_SECRET, CLIENT_KEY_FILE, CLIENT_AUTHENTICATION';
const settingOf: Partial<Record<Refusal, string>> = {
  issuer: 'ISSUER',
  audience: 'CLIENT_ID, TRUSTED_AUDIENCES',
  'too-large': 'MAX_TOKEN_BYTES, ROLE_MAP',
};

/**
 * Refusals that mean a wrong clock, because a token that was just issued is neither expired nor not yet
 * valid.
 */
const clockReasons: ReadonlySet<Refusal> = new Set(['expired', 'not-yet-valid']);
const agreeingClocks = 'the clock of this machine to agree with the provider';

/** Explains why the provider cannot be used, or why a login failed. @param issuer as configured */
export function diagnose(error: unknown, issuer: string): Diagnosis {
  if (error instanceof ProviderUnavailable && error.cause !== undefined) return diagnose(error.cause, issuer);
  if (error instanceof OtherIssuer)
    return { reason: 'issuer', setting: 'ISSUER', expected: issuer, found: error.found };
  if (error instanceof TokenRefused) {
    const setting = error.claim === undefined ? settingOf[error.code] : settingOfClaim(error.code);
    return {
      reason: error.code,
      ...(setting && { setting }),
      ...(clockReasons.has(error.code) && { expected: agreeingClocks }),
      ...(error.claim && { found: `claim ${error.claim}` }),
    };
  }
  if (error instanceof ResponseBodyError || error instanceof AuthorizationResponseError)
    return diagnoseRefusal(error.error);
  if (error instanceof WWWAuthenticateChallengeError)
    return { reason: 'client authentication', setting: clientSettings, found: `status ${error.status}` };
  if (error instanceof ClientError) return ofClientError(error, issuer);
  return ofTransport(error, issuer);
}

/** Explains an error of the provider. @param code `error` of its response */
export const diagnoseRefusal = (code: string): Diagnosis => ({
  reason: 'refused by the provider',
  ...settingFor(code),
  found: codeIn(code),
});

const settingOfClaim = (code: Refusal): string | undefined =>
  settingOf[code] ??
  (code === 'claims' ? 'TENANT_CLAIM, ROLES_CLAIM, PERMISSIONS_CLAIM, SUBJECT_CLAIM' : undefined);

/** Settings to look at, by error code (RFC 6749, sections 4.1.2.1 and 5.2; RFC 9126, section 2.3). */
const settingOfError: Readonly<Record<string, string>> = {
  invalid_client: clientSettings,
  unauthorized_client: clientSettings,
  invalid_scope: 'SCOPE',
  invalid_request:
    'PUBLIC_URL, CLIENT_ID, PUSHED_AUTHORIZATION_REQUESTS, AUTHORIZATION_PARAMETERS, PASSED_PARAMETERS',
  invalid_redirect_uri: 'PUBLIC_URL',
  unmet_authentication_requirements: 'AUTHORIZATION_PARAMETERS, PASSED_PARAMETERS',
};

function settingFor(code: string): { readonly setting?: string } {
  const setting = Object.hasOwn(settingOfError, code) ? settingOfError[code] : undefined;
  return setting === undefined ? {} : { setting };
}

/**
 * Returns the error code; `other` for a text that does not have the form of an error code, because it may
 * have passed through a browser.
 */
const codeIn = (error: string): string => (/^[a-z_]{1,40}$/.test(error) ? error : 'other');

function ofClientError(error: ClientError, issuer: string): Diagnosis {
  const { code, cause } = error;
  const body = (cause as { readonly body?: { readonly issuer?: unknown } } | undefined)?.body;
  if (code === 'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED' && typeof body?.issuer === 'string')
    return { reason: 'issuer', setting: 'ISSUER', expected: issuer, found: body.issuer };
  if (cause instanceof Response)
    return {
      reason: 'no discovery document',
      setting: 'ISSUER',
      expected: 'status 200 with JSON',
      found: `status ${cause.status}`,
    };
  if (code === 'OAUTH_TIMEOUT') return { reason: 'not responding', setting: 'ISSUER, PROVIDER_URL' };
  if (cause !== undefined && code === undefined) return ofTransport(cause, issuer);
  if (code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED') return { reason: 'expired', expected: agreeingClocks };
  const claim = claimIn(cause);
  return { reason: code ?? 'unknown', ...(claim !== undefined && { found: `claim ${claim}` }) };
}

/**
 * Returns the name of the ID token's claim that openid-client rejected; the values in the error are not used.
 */
const claimIn = (cause: unknown): string | undefined =>
  cause instanceof Error ? /^ID Token "(\w{1,40})"/.exec(cause.message)?.[1] : undefined;

interface TransportError {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly cause?: unknown;
}

function ofTransport(error: unknown, issuer: string): Diagnosis {
  const { code, cause, name, message = 'unknown' } = (error ?? {}) as TransportError;
  if (cause !== undefined && code === undefined) {
    const diagnosis = ofTransport(cause, issuer);
    // `fetch` throws a TypeError without a code for a request that it rejects itself, such as one to a port
    // that the Fetch Standard blocks.
    const isRefused = name === 'TypeError' && diagnosis.setting === undefined;
    return isRefused ? notReachable(issuer, diagnosis.reason) : diagnosis;
  }
  if (code === undefined) return { reason: message };
  if (certificateErrors.has(code))
    return { reason: 'certificate of an unknown authority', setting: 'PROVIDER_CA_FILE', found: code };
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'CERT_HAS_EXPIRED')
    return {
      reason: 'certificate',
      setting: 'ISSUER',
      expected: `a valid certificate of ${new URL(issuer).host}`,
      found: code,
    };
  if (
    code === 'ERR_SSL_WRONG_VERSION_NUMBER' ||
    code === 'EPROTO' ||
    code === 'ERR_SSL_PACKET_LENGTH_TOO_LONG'
  )
    return { reason: 'no TLS on this port', setting: 'ISSUER', expected: 'https', found: 'http' };
  return notReachable(issuer, code);
}

const notReachable = (issuer: string, found: string): Diagnosis => ({
  reason: 'not reachable',
  setting: 'ISSUER, PROVIDER_URL',
  expected: issuer,
  found,
});

/** Returns the diagnosis of {@link diagnose} as one sentence. */
export const sentenceFor = (error: unknown, issuer: string): string => sentenceOf(diagnose(error, issuer));

export function sentenceOf({ reason, setting, expected, found }: Diagnosis): string {
  return [
    reason,
    ...(found === undefined ? [] : [`found ${found}`]),
    ...(expected === undefined ? [] : [`expected ${expected}`]),
    ...(setting === undefined ? [] : [`see ${setting}`]),
  ].join('; ');
}
