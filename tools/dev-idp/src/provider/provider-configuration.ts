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

/** Knows `prompt=select_account` too: the form, whoever is signed in. */
function withAccountChoice(): ReturnType<typeof interactionPolicy.base> {
  const policy = interactionPolicy.base();
  policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0);
  return policy;
}

/** Our own clients need no consent: whatever scope they ask for is granted, so that `prompt=none` never fails for it. */
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

/** oidc-provider hands over a dispatcher that refuses loopback addresses, which is where the clients of this provider live. */
function fetchAnywhere(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  return fetch(input, { ...init, dispatcher: undefined });
}

/**
 * Everything but what lives on when the keys change: keys and storage are handed in.
 *
 * @param tokenFamilies families whose clients get access tokens
 * @param disabledUsers ids of users whom nothing is issued for any more
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
      // Cookies know no ports: on localhost these names meet those of the BFFs.
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
    // The clients keep no access token, so the ID token has to say everything.
    conformIdTokenClaims: false,
    extraClientMetadata: { properties: ['tid', 'offline'] },
    extraTokenClaims(_context, token) {
      if (token.kind === 'ClientCredentials') return token.client && { ...partnerClaims(token.client) };
      const user = findDemoUser(token.accountId);
      return user && accessClaimsOf(user);
    },
    findAccount(_context, id) {
      const user = disabledUsers.has(id) ? undefined : findDemoUser(id);
      return user && { accountId: user.id, claims: () => ({ ...claimsOf(user) }) };
    },
    loadExistingGrant: grantAll,
    // To clients that are registered for it, whether or not they ask for `offline_access`; it ends with the session. Each
    // use replaces it, and a second use revokes all: the strictest that a provider can be.
    issueRefreshToken: async (_context, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: () => true,
    // What `offline_access` does elsewhere; oidc-provider would ask for consent at each login.
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
      // How a client that nobody registered becomes known: by a document at its id, or by registering itself (RFC 7591).
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
          show(context, deviceCodePage(form, error && 'That code is not valid, or no longer.')),
        userCodeConfirmSource: (context, form, client, _device, userCode) =>
          show(context, deviceConfirmPage(form, client.clientId, userCode)),
        successSource: (context) => show(context, deviceDonePage()),
      },
    },
  });
}
