import type {
  AuthorizationServer,
  DeviceAnswer,
  OAuthErrorCode,
  PushedAnswer,
  SessionEntry,
  TokenAnswer,
} from '@bff/auth-delegation';
import { z } from 'zod';

/** Schemas of OAuth and differential sync that are named components of the OpenAPI document. */
export const named = z.registry<{ readonly id: string }>();

/**
 * All OAuth error codes. The type of this constant, like those of the schemas below, makes the compiler check
 * that the document matches what the server sends.
 */
const errorCodes: Record<OAuthErrorCode, true> = {
  invalid_request: true,
  invalid_client: true,
  invalid_grant: true,
  unauthorized_client: true,
  unsupported_grant_type: true,
  unsupported_response_type: true,
  request_not_supported: true,
  request_uri_not_supported: true,
  access_denied: true,
  login_required: true,
  interaction_required: true,
  consent_required: true,
  account_selection_required: true,
  server_error: true,
  temporarily_unavailable: true,
  authorization_pending: true,
  slow_down: true,
  expired_token: true,
  invalid_dpop_proof: true,
};
const seconds = z.int();

/** Token answer (RFC 6749, section 5.1). */
export const tokenAnswer: z.ZodType<TokenAnswer> = z
  .strictObject({
    access_token: z.string(),
    token_type: z.enum(['Bearer', 'DPoP']),
    expires_in: seconds,
    refresh_token: z.string().optional(),
    scope: z.string().optional(),
  })
  .register(named, { id: 'TokenAnswer' });

/** Device authorization answer (RFC 8628, section 3.2). */
export const deviceAnswer: z.ZodType<DeviceAnswer> = z
  .strictObject({
    device_code: z.string(),
    user_code: z.string(),
    verification_uri: z.string(),
    verification_uri_complete: z.string(),
    expires_in: seconds,
    interval: seconds,
  })
  .register(named, { id: 'DeviceAnswer' });

/** Answer to a pushed authorization request (RFC 9126, section 2.2). */
export const pushedAnswer: z.ZodType<PushedAnswer> = z
  .strictObject({ request_uri: z.string(), expires_in: seconds })
  .register(named, { id: 'PushedAnswer' });

/** Error answer (RFC 6749, section 5.2). */
export const oauthError = z
  .strictObject({
    error: z.enum(Object.keys(errorCodes) as OAuthErrorCode[]),
    error_description: z.string().optional(),
  })
  .register(named, { id: 'OAuthError' });

/** A session of the user in a browser, an app or an agent. */
const sessionEntry: z.ZodType<SessionEntry> = z
  .object({
    id: z.string(),
    kind: z.enum(['browser', 'app', 'agent']).meta({
      description: '`app`: an app or device that holds a token. `agent`: an agent that acts for the user.',
    }),
    client_id: z
      .string()
      .optional()
      .meta({ description: 'Client id of the app or agent; absent for a browser.' }),
    current: z.boolean().meta({ description: 'Whether it is the session of this request.' }),
    device: z.string(),
    created_at: z.string().meta({ description: 'ISO 8601.' }),
    last_seen_at: z.string().meta({ description: 'ISO 8601.' }),
    scopes: z.array(z.string()).readonly().optional().meta({ description: 'What the user let an agent do.' }),
  })
  .register(named, { id: 'SessionEntry' });
z.array(sessionEntry).register(named, { id: 'SessionsAnswer' });

type Metadata = ReturnType<AuthorizationServer['metadata']>;
const metadata: { readonly [Member in keyof Required<Metadata>]: z.ZodType } = {
  issuer: z.string(),
  authorization_endpoint: z.string(),
  pushed_authorization_request_endpoint: z.string(),
  token_endpoint: z.string(),
  device_authorization_endpoint: z.string(),
  revocation_endpoint: z.string(),
  response_types_supported: z.array(z.string()),
  response_modes_supported: z.array(z.string()),
  grant_types_supported: z.array(z.string()),
  scopes_supported: z.array(z.string()).optional(),
  code_challenge_methods_supported: z.array(z.string()),
  token_endpoint_auth_methods_supported: z.array(z.string()),
  revocation_endpoint_auth_methods_supported: z.array(z.string()),
  authorization_response_iss_parameter_supported: z.boolean(),
  dpop_signing_alg_values_supported: z.array(z.string()),
};
/** Authorization server metadata (RFC 8414, section 2). */
export const metadataAnswer = z.strictObject(metadata).register(named, { id: 'MetadataAnswer' });

type OpenIdMetadata = Omit<ReturnType<AuthorizationServer['openIdMetadata']>, keyof Metadata>;
const openIdMembers: { readonly [Member in keyof OpenIdMetadata]: z.ZodType } = {
  jwks_uri: z.string(),
  subject_types_supported: z.array(z.string()),
  id_token_signing_alg_values_supported: z
    .array(z.string())
    .meta({ description: 'Empty, because no ID token is issued.' }),
};
/** Provider metadata (OpenID Connect Discovery 1.0, section 3). */
export const openIdMetadataAnswer = z
  .strictObject({ ...metadata, ...openIdMembers })
  .register(named, { id: 'OpenIdMetadataAnswer' });

/** JWK set (RFC 7517, section 5). */
export const keysAnswer = z.strictObject({ keys: z.array(z.never()) }).register(named, { id: 'KeysAnswer' });

/** JSON Patch (RFC 6902). */
z.array(
  z.object({
    op: z.enum(['add', 'remove', 'replace', 'move', 'copy', 'test']),
    path: z.string().meta({ description: 'JSON Pointer (RFC 6901).' }),
    from: z.string().optional(),
    value: z.unknown().optional(),
  }),
).register(named, { id: 'JsonPatch' });
