import type { RelyingPartyOptions } from '../../src/index.ts';

/** A provider as in its documentation, and its settings as in docs/identity-providers.md. */
export interface DocumentedProvider {
  readonly issuer: string;
  /**
   * Members of the discovery document. Addresses are paths on the issuer's host, although some providers have
   * several hosts.
   */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Features that we use. */
  readonly offers: readonly Offer[];
  /** Claims of the ID token, without the dates. */
  readonly claims: object;
  readonly settings: Partial<RelyingPartyOptions>;
  /** Outcome of a login. */
  readonly login: object;
}

export type Offer = 'end session' | 'revocation' | 'back-channel logout';

const directory = '9188040d-6c67-4c5b-b112-36a304b66dad';
export const documentedProviders: Readonly<Record<string, DocumentedProvider>> = {
  Auth0: {
    issuer: 'https://you.eu.auth0.com/',
    metadata: {
      authorization_endpoint: '/authorize',
      token_endpoint: '/oauth/token',
      jwks_uri: '/.well-known/jwks.json',
      end_session_endpoint: '/oidc/logout',
      revocation_endpoint: '/oauth/revoke',
      id_token_signing_alg_values_supported: ['HS256', 'RS256', 'PS256'],
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
    },
    offers: ['end session', 'revocation', 'back-channel logout'],
    claims: { sub: 'auth0|1', sid: 's', 'https://you.example/tid': 't1', 'https://you.example/roles': ['a'] },
    settings: {
      claimNames: { tenants: 'https://you.example/tid', roles: 'https://you.example/roles' },
    },
    login: { subject: 'auth0|1', tenants: ['t1'], roles: ['a'], sid: 's' },
  },
  'Entra ID': {
    issuer: `https://login.microsoftonline.com/${directory}/v2.0`,
    metadata: {
      authorization_endpoint: `/${directory}/oauth2/v2.0/authorize`,
      token_endpoint: `/${directory}/oauth2/v2.0/token`,
      jwks_uri: `/${directory}/discovery/v2.0/keys`,
      end_session_endpoint: `/${directory}/oauth2/v2.0/logout`,
      id_token_signing_alg_values_supported: ['RS256'],
      subject_types_supported: ['pairwise'],
      frontchannel_logout_supported: true,
    },
    offers: ['end session'],
    claims: {
      sub: 'pairwise',
      oid: 'object-id',
      tid: directory,
      roles: ['a'],
      ver: '2.0',
      uti: 'u',
      rh: 'r',
    },
    settings: { claimNames: { subject: 'oid' } },
    login: { subject: 'object-id', providerSubject: 'pairwise', tenants: [directory], roles: ['a'] },
  },
  Okta: {
    issuer: 'https://you.okta.com/oauth2/default',
    metadata: {
      authorization_endpoint: '/oauth2/default/v1/authorize',
      token_endpoint: '/oauth2/default/v1/token',
      jwks_uri: '/oauth2/default/v1/keys',
      end_session_endpoint: '/oauth2/default/v1/logout',
      revocation_endpoint: '/oauth2/default/v1/revoke',
      id_token_signing_alg_values_supported: ['RS256'],
      grant_types_supported: ['authorization_code', 'implicit', 'refresh_token', 'password'],
    },
    offers: ['end session', 'revocation'],
    claims: {
      sub: '00u1',
      ver: 1,
      amr: ['pwd'],
      idp: '00o1',
      tid: 't1',
      groups: ['Everyone', 'A'],
      auth_time: 1,
    },
    settings: { claimNames: { roles: 'groups', roleMap: new Map([['A', 'a']]) } },
    login: { subject: '00u1', tenants: ['t1'], roles: ['a'] },
  },
  Cognito: {
    issuer: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_pool',
    metadata: {
      authorization_endpoint: '/oauth2/authorize',
      token_endpoint: '/oauth2/token',
      jwks_uri: '/eu-central-1_pool/.well-known/jwks.json',
      end_session_endpoint: '/logout',
      revocation_endpoint: '/oauth2/revoke',
      id_token_signing_alg_values_supported: ['RS256'],
    },
    offers: ['end session', 'revocation'],
    claims: {
      sub: 'u',
      token_use: 'id',
      'cognito:username': 'u',
      'cognito:groups': ['a'],
      'custom:tid': 't1',
    },
    settings: { claimNames: { tenants: 'custom:tid', roles: 'cognito:groups' } },
    login: { subject: 'u', tenants: ['t1'], roles: ['a'] },
  },
  Zitadel: {
    issuer: 'https://you.zitadel.cloud',
    metadata: {
      authorization_endpoint: '/oauth/v2/authorize',
      token_endpoint: '/oauth/v2/token',
      jwks_uri: '/oauth/v2/keys',
      end_session_endpoint: '/oidc/v1/end_session',
      revocation_endpoint: '/oauth/v2/revoke',
      id_token_signing_alg_values_supported: ['EdDSA', 'RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512'],
      grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
    },
    offers: ['end session', 'revocation'],
    // Several audiences: that of the project, and those of its other clients.
    claims: {
      sub: '163840776835432705',
      aud: ['web-bff', 'project-id'],
      azp: 'web-bff',
      'urn:zitadel:iam:user:resourceowner:id': 't1',
    },
    settings: {
      trustedAudiences: ['project-id'],
      claimNames: { tenants: 'urn:zitadel:iam:user:resourceowner:id' },
    },
    login: { subject: '163840776835432705', tenants: ['t1'], roles: [] },
  },
  Authentik: {
    issuer: 'https://id.example/application/o/bff/',
    metadata: {
      authorization_endpoint: '/application/o/authorize/',
      token_endpoint: '/application/o/token/',
      jwks_uri: '/application/o/bff/jwks/',
      end_session_endpoint: '/application/o/bff/end-session/',
      revocation_endpoint: '/application/o/revoke/',
      id_token_signing_alg_values_supported: ['RS256'],
      grant_types_supported: ['authorization_code', 'refresh_token', 'implicit', 'client_credentials'],
    },
    offers: ['end session', 'revocation'],
    claims: {
      sub: 'hash',
      acr: 'goauthentik.io/providers/oauth2/default',
      tid: 't1',
      groups: ['a'],
      name: '',
    },
    settings: { claimNames: { roles: 'groups' } },
    login: { subject: 'hash', tenants: ['t1'], roles: ['a'] },
  },
  Google: {
    issuer: 'https://accounts.google.com',
    metadata: {
      authorization_endpoint: '/o/oauth2/v2/auth',
      token_endpoint: '/token',
      jwks_uri: '/oauth2/v3/certs',
      revocation_endpoint: '/revoke',
      id_token_signing_alg_values_supported: ['RS256'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
    },
    offers: ['revocation'],
    claims: { sub: '110169484474386276334', azp: 'web-bff', hd: 'you.example', email_verified: true },
    settings: { claimNames: { tenants: 'hd' } },
    login: { subject: '110169484474386276334', tenants: ['you.example'], roles: [] },
  },
};
