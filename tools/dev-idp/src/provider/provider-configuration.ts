import { randomBytes } from 'node:crypto';
import {
  interactionPolicy,
  type AdapterFactory,
  type Configuration,
  type Grant,
  type JWKS,
  type KoaContextWithOIDC,
} from 'oidc-provider';
import { clientCertificate } from '../http/client-certificate.ts';
import { accessClaimsOf, claimsOf, findDemoUser } from '../demo-users.ts';
import { interactionPath, routes } from './endpoints.ts';
import {
  deviceCodePage,
  deviceConfirmPage,
  deviceDonePage,
  errorPage,
  loggedOutPage,
  logoutPage,
} from '../interaction/pages.ts';
import { partnerScopes } from '../partner-scopes.ts';
import { partnerClaims, partnerResources } from './partner-resource.ts';

const minutes = 60;
const hours = 60 * minutes;
const days = 24 * hours;

function show(context: KoaContextWithOIDC, html: string): void {
  context.type = 'html';
  context.body = html;
}

/** Adds `prompt=select_account`, which shows the form even when the browser has a session. */
function withAccountChoice(): ReturnType<typeof interactionPolicy.base> {
  const policy = interactionPolicy.base();
  policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0);
  return policy;
}

/**
 * Grants first-party clients every requested scope without consent, so that `prompt=none` does not fail
 * because consent is missing.
 */
async function grantAll({ oidc }: KoaContextWithOIDC): Promise<Grant | undefined> {
  const { client, session, provider, requestParamOIDCScopes } = oidc;
  if (!client || !session?.accountId) return undefined;
  const known = session.grantIdFor(client.clientId);
  const grant =
    (known && (await provider.Grant.find(known))) ||
    new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope([...requestParamOIDCScopes].join(' '));
  for (const resource of Object.keys(oidc.resourceServers ?? {}))
    grant.addResourceScope(resource, [...oidc.requestParamScopes].join(' '));
  await grant.save();
  return grant;
}

/**
 * Fetches without the dispatcher of oidc-provider: it rejects loopback addresses, at which the clients of
 * this provider run.
 */
function fetchAnywhere(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  return fetch(input, { ...init, dispatcher: undefined });
}

/**
 * Creates the configuration; keys and storage are passed in, because they outlive a key rotation.
 *
 * @param tokenFamilies families whose clients get access tokens
 * @param disabledUsers ids of users who are issued no tokens
 */
export function createConfiguration(
  adapter: AdapterFactory,
  tokenFamilies: readonly string[],
  disabledUsers: ReadonlySet<string>,
): (jwks: JWKS) => Configuration {
  const cookieKeys = [randomBytes(32).toString('base64url')];
  return (jwks) => ({
    adapter,
    jwks,
    routes,
    cookies: {
      keys: cookieKeys,
      // On localhost these names must differ from those of the BFFs' cookies, which are not isolated by port.
      names: { session: 'dev_idp_session', interaction: 'dev_idp_login', resume: 'dev_idp_resume' },
    },
    responseTypes: ['code'],
    scopes: ['openid', 'offline_access', ...partnerScopes.split(' ')],
    claims: {
      sid: null,
      auth_time: null,
      iss: null,
      openid: ['sub', 'tid', 'roles'],
      profile: ['name', 'email'],
      email: ['email'],
    },
    // The clients store no access token, so the ID token must contain all claims.
    conformIdTokenClaims: false,
    extraClientMetadata: { properties: ['tid', 'offline'] },
    extraTokenClaims({ oidc: { entities } }, token) {
      if (token.kind === 'ClientCredentials') return token.client && { ...partnerClaims(token.client) };
      const user = findDemoUser(token.accountId);
      const auth_time = (entities.AuthorizationCode ?? entities.RefreshToken)?.authTime;
      return user && { ...accessClaimsOf(user), ...(auth_time !== undefined && { auth_time }) };
    },
    findAccount(_context, id) {
      const user = disabledUsers.has(id) ? undefined : findDemoUser(id);
      return user && { accountId: user.id, claims: () => ({ ...claimsOf(user) }) };
    },
    loadExistingGrant: grantAll,
    // Issued to clients registered for the grant, whether or not they request `offline_access`, and valid as
    // long as the session. Rotation with reuse detection that revokes all tokens is the strictest behaviour
    // of real providers.
    issueRefreshToken: async (_context, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: () => true,
    // Replaces the scope `offline_access`, for which oidc-provider would require consent at each login.
    expiresWithSession: async ({ oidc }) => oidc.client?.['offline'] !== true,
    interactions: {
      policy: withAccountChoice(),
      url: (_context, interaction) => interactionPath + interaction.uid,
    },
    pkce: { required: () => true },
    clientBasedCORS: () => false,
    fetch: fetchAnywhere,
    renderError: (context, { error, error_description = '' }) =>
      show(context, errorPage(error, error_description)),
    ttl: {
      AccessToken: 5 * minutes,
      AuthorizationCode: 1 * minutes,
      ClientCredentials: 5 * minutes,
      DeviceCode: 10 * minutes,
      IdToken: 5 * minutes,
      Interaction: 10 * minutes,
      RefreshToken: 90 * days,
      Grant: 400 * days,
      Session: 12 * hours,
    },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      // Unregistered clients identify themselves by a metadata document at their id, or register dynamically
      // (RFC 7591).
      clientIdMetadataDocument: { enabled: true, ack: 'draft-02' },
      registration: { enabled: true },
      clientCredentials: { enabled: true },
      dPoP: { enabled: true },
      mTLS: {
        enabled: true,
        certificateBoundAccessTokens: true,
        getCertificate: ({ req }) => clientCertificate(req),
      },
      resourceIndicators: { enabled: true, ...partnerResources(tokenFamilies) },
      revocation: {
        enabled: true,
        allowedPolicy: (_context, client, token) => token.clientId === client.clientId,
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => show(context, logoutPage(form)),
        postLogoutSuccessSource: (context) => show(context, loggedOutPage()),
      },
      deviceFlow: {
        enabled: true,
        userCodeInputSource: (context, form, _out, error) =>
          show(context, deviceCodePage(form, error && 'The code is invalid or expired.')),
        userCodeConfirmSource: (context, form, client, _device, userCode) =>
          show(context, deviceConfirmPage(form, client.clientId, userCode)),
        successSource: (context) => show(context, deviceDonePage()),
      },
    },
  });
}
