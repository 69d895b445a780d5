import type { ClientMetadata } from 'oidc-provider';
import { loginClients, loginMetadata } from './login-clients.ts';
import { partnerScopes } from './partner-scopes.ts';

const partner = (client_id: string, tid: string): ClientMetadata => ({
  client_id,
  tid,
  client_secret: 'demo-secret',
  grant_types: ['client_credentials'],
  response_types: [],
  redirect_uris: [],
  scope: partnerScopes,
});

const partners = [
  partner('acme-erp', 'acme'),
  partner('globex-crm', 'globex'),
  { ...partner('acme-erp-mtls', 'acme'), tls_client_certificate_bound_access_tokens: true },
];

/** A native app (RFC 8252): its redirect URI is a loopback address with any port. */
const agent: ClientMetadata = {
  client_id: 'demo-agent',
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  redirect_uris: ['http://127.0.0.1/callback'],
};

/**
 * Returns the clients: BFFs that log users in, an agent, a device, and partners if a family accepts access
 * tokens.
 */
export const demoClients = (families: readonly string[]): readonly ClientMetadata[] => [
  ...loginClients.map(loginMetadata),
  agent,
  ...(families.length > 0 ? partners : []),
  {
    client_id: 'device-demo',
    token_endpoint_auth_method: 'none',
    grant_types: ['urn:ietf:params:oauth:grant-type:device_code'],
    response_types: [],
    redirect_uris: [],
  },
];
