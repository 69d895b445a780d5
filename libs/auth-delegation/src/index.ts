export { certificateErrors, certificateSettings } from './access-token/certificate-settings.ts';
export { actingFor, identityKey, type ActingIdentity, type Identity } from './identity.ts';
export { type InternalClaims } from './internal-token/internal-claims.ts';
export { InvalidInternalKeys, type InternalKeys, type PublicJwk } from './internal-token/internal-keys.ts';
export {
  createInternalTokens,
  type InternalTokens,
  type InternalTokensOptions,
} from './internal-token/internal-tokens.ts';
export {
  internalTokenVerifier,
  type InternalTokenVerifier,
  type InternalTokenVerifierOptions,
} from './internal-token/internal-token-verifier.ts';
export { loadInternalKeys, type InternalKeySettings } from './internal-token/load-internal-keys.ts';
export { internalClaimsOf, requireInternalToken } from './internal-token/require-internal-token.ts';
export { TokenRefused, type Refusal } from './jwt/token-refused.ts';
export { providerProblem, ProviderUnavailable } from './provider/provider-unavailable.ts';
export { type Now } from './time.ts';
export {
  accessTokenVerifier,
  type AccessTokenVerifier,
  type AccessTokenVerifierOptions,
} from './access-token/access-token-verifier.ts';
export { insufficientScope } from './access-token/challenge.ts';
export { protectedResource, type ProtectedResource } from './access-token/protected-resource.ts';
export { publicOrigin, type PublicOrigins } from './access-token/public-origin.ts';
export { createKeyBinding, type KeyBinding } from './access-token/key-binding.ts';
export { type Credentials } from './access-token/credentials.ts';
export { createRehearsalTokens, type RehearsalTokens } from './access-token/rehearsal-tokens.ts';
export { requestFacts, type RequestFacts } from './access-token/request-facts.ts';
export { type ClaimNames } from './provider/claim-names.ts';
export { isLocalPath, parseReturnTo } from './login/return-to.ts';
export { createFinishedLogins, type Finished, type FinishedLogins } from './login/finished-logins.ts';
export { createSeal, type Seal } from './login/seal.ts';
export { createAccessDate, type AccessDateOptions } from './caller/access-date.ts';
export {
  callerOf,
  identifyCaller,
  type Caller,
  type IdentifyCallerOptions,
} from './caller/identify-caller.ts';
export {
  internalKeysFrom,
  internalTokenErrors,
  internalTokenSettings,
} from './internal-token/internal-token-settings.ts';
export { requestScope, type RequestScope } from './caller/request-scope.ts';
export { requireScopes } from './caller/require-scopes.ts';
export {
  createAgentAccesses,
  type AgentAccess,
  type AgentAccesses,
  type AgentAccessesOptions,
  type AgentUse,
} from './session/agent-accesses.ts';
export { withSessionMetrics } from './session/with-session-metrics.ts';
export { type SessionArea } from './session/session-index.ts';
export { factsOfLogin } from './login/facts-of-login.ts';
export { identityOf, type Session, type SessionFacts, type SessionOwner } from './session/session.ts';
export { endingSessions } from './session/ending-sessions.ts';
export { watchRollbacks, type RollbackWatch } from './session/rollback-watch.ts';
export { sessionSettings } from './session/session-settings.ts';
export { useAccessToken } from './revalidation/access-tokens.ts';
export { createRenewalTokens } from './revalidation/renewal-tokens.ts';
export { type Revalidation, type RevalidationOutcome } from './revalidation/revalidation.ts';
export { sessionRevalidation, type SessionRevalidationOptions } from './revalidation/session-revalidation.ts';
export {
  revalidationErrors,
  revalidationFrom,
  revalidationSettings,
} from './revalidation/revalidation-settings.ts';
export { maxTokenLength } from './oauth-server/refresh-tokens.ts';
export { openUnder, sealUnder } from './revalidation/carried-token.ts';
export { endOf, isConfirmed } from './session/session.ts';
export { sessionEndpoints, type SessionEntry, type SessionEndpoints } from './session/session-endpoints.ts';
export { createUserSessions, type UserSessions } from './session/user-sessions.ts';
export { createSessionStore, type SessionStore, type SessionStoreOptions } from './session/session-store.ts';
export { passedParameterSchemas } from './login/authorization-parameters.ts';
export { type Login } from './login/id-token.ts';
export { type LoginOutcome } from './login/login-outcome.ts';
export { type LogoutReceiver } from './login/logout-receiver.ts';
export { type Logout, type LogoutAction } from './login/logout-token.ts';
export {
  createRelyingParty,
  type BeginLogin,
  type LoginInFlight,
  type RelyingParty,
  type RelyingPartyOptions,
} from './login/relying-party.ts';
export {
  createAuthorizationServer,
  type AuthorizationServer,
  type AuthorizationServerOptions,
  type DeviceAnswer,
  type TokenAnswer,
} from './oauth-server/authorization-server.ts';
export { type DeviceApproval, type DeviceLookup } from './oauth-server/device-approval.ts';
export { type AuthorizeOutcome, type AuthorizeRequest } from './oauth-server/authorize-request.ts';
export {
  createClientRegister,
  deviceCodeGrant,
  type GrantType,
  type OAuthClient,
} from './oauth-server/clients.ts';
export { OAuthError, type OAuthErrorCode } from './oauth-server/oauth-error.ts';
export { type PushedAnswer } from './oauth-server/pushed-requests.ts';
export { authorizationServerMetadata, oauthPaths } from './oauth-server/server-metadata.ts';
export { checkProvider } from './provider/check-provider.ts';
export { checkProviderCommand, checkProviderOption } from './provider/check-provider-command.ts';
export { clientErrors, clientFrom, clientSettings } from './provider/client-settings.ts';
export { providerErrors, providerFrom, providerSettings } from './provider/provider-settings.ts';
export { createEndMarks, type EndMarks, type EndMarksOptions } from './ending/end-marks.ts';
export { type EndTarget } from './ending/end-target.ts';
export { endingSettings } from './ending/ending-settings.ts';
export { createSessionOperations, operationPaths } from './ending/session-operations.ts';
export { sessionCommands, type SessionsCommandOptions } from './ending/sessions-command.ts';
export { createTokenMarks } from './ending/token-marks.ts';
export { type SessionSelector } from './session/selected-sessions.ts';
export { sessionSignals, tokenSignals } from './signals/signal-actions.ts';
export { createSignals, type Signals } from './signals/create-signals.ts';
export { signalErrors, signalSettings } from './signals/signal-settings.ts';
export { signalsEndpoint, signalsPath } from './signals/signals-endpoint.ts';
