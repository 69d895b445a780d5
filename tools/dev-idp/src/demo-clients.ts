import { type ClientMetadata } from 'oidc-provider';
import { partnerScopes } from './partner-scopes.ts';

/** Where the browser meets a BFF, and where this provider reaches it for a back-channel logout. */
export interface BffAddress {
  /** Origin, without a slash at the end. */
  readonly url: string;
  /** As `url`, seen from this process; differs where containers have names of their own. */
  readonly backchannelUrl: string;
}

export const webBff = ({ url, backchannelUrl }: BffAddress): ClientMetadata => ({
  client_id: 'web-bff',
  grant_types: ['authorization_code', 'refresh_token'],
  redirect_uris: [`${url}/auth/callback`],
  post_logout_redirect_uris: [`${url}/`],
  backchannel_logout_uri: `${backchannelUrl}/auth/backchannel-logout`,
});

export const mobileBff = ({ url, backchannelUrl }: BffAddress): ClientMetadata => ({
  client_id: 'mobile-bff',
  offline: true,
  grant_types: ['authorization_code', 'refresh_token'],
  redirect_uris: [`${url}/oauth/callback`],
  post_logout_redirect_uris: [`${url}/`],
  backchannel_logout_uri: `${backchannelUrl}/oauth/backchannel-logout`,
});

const at = (url: string): BffAddress => ({ url, backchannelUrl: url });

const partner = (client_id: string, tid: string): ClientMetadata => ({
  client_id,
  tid,
  client_secret: 'demo-secret',
  grant_types: ['client_credentials'],
  response_types: [],
  redirect_uris: [],
  scope: partnerScopes,
});

export const demoClients: readonly ClientMetadata[] = [
  {
    ...webBff(at('http://localhost:3001')),
    client_secret: 'web-bff-dev-secret',
    backchannel_logout_session_required: true,
  },
  {
    ...mobileBff(at('http://localhost:3002')),
    client_secret: 'mobile-bff-dev-secret',
    backchannel_logout_session_required: true,
  },
  partner('acme-erp', 'acme'),
  partner('globex-crm', 'globex'),
  { ...partner('acme-erp-mtls', 'acme'), tls_client_certificate_bound_access_tokens: true },
  {
    client_id: 'device-demo',
    token_endpoint_auth_method: 'none',
    grant_types: ['urn:ietf:params:oauth:grant-type:device_code'],
    response_types: [],
    redirect_uris: [],
  },
];
