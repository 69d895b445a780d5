import { clientErrors, clientSettings } from '@bff/auth-delegation';
import { integer, text, type Setting, type SettingValues } from '@bff/service-kit';
import { readOAuthClients } from './oauth-clients.ts';

const developmentCookieKey = 'development-only-cookie-key-of-mobile-bff--';
const day = 86_400;
/** Syntax of a key of 32 bytes, in hex or base64url. */
const key = '(?:[0-9a-fA-F]{64}|[A-Za-z0-9_-]{43})';

/** Settings of the authorization server, and of this app as a client of the identity provider. */
export const oauthSettings = {
  clientId: {
    env: 'CLIENT_ID',
    schema: text(),
    default: 'mobile-bff',
    meaning: 'client id of this app at the OpenID provider',
  },
  clientSecret: {
    env: 'CLIENT_SECRET',
    schema: text(),
    developmentDefault: 'mobile-bff-dev-secret',
    optional: true,
    secret: true,
    meaning:
      'client secret of this app at the OpenID provider; required unless CLIENT_AUTHENTICATION is private_key_jwt',
  },
  ...clientSettings,
  scope: {
    env: 'SCOPE',
    schema: text(/(?:^| )openid(?: |$)/, 'must contain openid'),
    default: 'openid offline_access',
    meaning:
      'requested scopes, separated by spaces; must include those that put tenants and roles into the ID token',
  },
  cookieKeys: {
    env: 'COOKIE_KEYS',
    schema: text(
      new RegExp(`^${key}(?:,${key})*$`),
      'must be keys of 32 bytes in hex or base64url, comma separated',
    ),
    developmentDefault: developmentCookieKey,
    secret: true,
    meaning:
      'encryption keys of the login cookies, comma separated: the first encrypts, all decrypt; the same on every replica',
  },
  oauthClientsFile: {
    env: 'OAUTH_CLIENTS_FILE',
    schema: text(),
    developmentDefault: `${import.meta.dirname}/../demo-clients.json`,
    meaning: 'JSON file with the registered apps and devices (OAuth clients); read at start',
  },
  tokenIdleSeconds: {
    env: 'TOKEN_IDLE_SECONDS',
    schema: integer(60, 365 * day),
    default: 30 * day,
    meaning: 'idle timeout of a token, in seconds',
  },
  tokenAbsoluteSeconds: {
    env: 'TOKEN_ABSOLUTE_SECONDS',
    schema: integer(60, 1_095 * day),
    default: 90 * day,
    meaning: 'absolute lifetime of a token, in seconds, regardless of use',
  },
  boundTokenIdleSeconds: {
    env: 'BOUND_TOKEN_IDLE_SECONDS',
    schema: integer(60, 365 * day),
    default: 90 * day,
    meaning: 'TOKEN_IDLE_SECONDS of tokens that are bound to a proof key (DPoP, RFC 9449)',
  },
  boundTokenAbsoluteSeconds: {
    env: 'BOUND_TOKEN_ABSOLUTE_SECONDS',
    schema: integer(60, 1_095 * day),
    default: 365 * day,
    meaning: 'TOKEN_ABSOLUTE_SECONDS of tokens that are bound to a proof key',
  },
  refreshGraceSeconds: {
    env: 'REFRESH_GRACE_SECONDS',
    schema: integer(0, 600),
    default: 60,
    meaning:
      'seconds in which a replaced refresh token returns its successor again, even if that successor was used, because two processes of an app may refresh at once. A successor that was never used counts as lost and is returned at any time',
  },
  deviceCodeSeconds: {
    env: 'DEVICE_CODE_SECONDS',
    // Limited to 15 minutes, because ended provider sessions are remembered that long: a device must not get
    // a token for an ended session.
    schema: integer(30, 900),
    default: 600,
    meaning: 'lifetime of a device code in seconds: the time a user has to approve a device',
  },
  deviceIntervalSeconds: {
    env: 'DEVICE_INTERVAL_SECONDS',
    schema: integer(1, 60),
    default: 5,
    meaning: 'polling interval of a device, in seconds',
  },
  devicesPerAddress: {
    env: 'DEVICES_PER_ADDRESS',
    schema: integer(1, 1_000_000),
    default: 60,
    meaning:
      'device authorizations per minute and client address (IPv6: /48 network); more are rejected with 429. Behind a proxy, TRUSTED_PROXIES must list it, or all clients share one address',
  },
  devicesPerClient: {
    env: 'DEVICES_PER_CLIENT',
    schema: integer(1, 1_000_000),
    default: 3_000,
    meaning: 'device authorizations per minute and client, from all addresses; more are rejected with 429',
  },
} as const satisfies Record<string, Setting>;

interface Values extends SettingValues<typeof oauthSettings> {
  readonly publicUrl: string;
}

/** Returns the errors in these settings, in their combinations, and in the clients file. */
export function oauthErrors(values: Partial<Values>, production: boolean): string[] {
  const { publicUrl, cookieKeys, oauthClientsFile, tokenIdleSeconds, tokenAbsoluteSeconds } = values;
  const errors = clientErrors(values);
  if (publicUrl && !isOrigin(publicUrl)) errors.push('PUBLIC_URL must be an origin: no path, no query');
  if (publicUrl && !isSecure(publicUrl, production))
    errors.push('PUBLIC_URL must be https: otherwise browsers reject the login cookies (`__Host-`)');
  if (production && cookieKeys?.split(',').includes(developmentCookieKey))
    errors.push('COOKIE_KEYS must not contain the development key');
  if (tokenIdleSeconds && tokenAbsoluteSeconds && tokenAbsoluteSeconds < tokenIdleSeconds)
    errors.push('TOKEN_IDLE_SECONDS must not be above TOKEN_ABSOLUTE_SECONDS');
  const { boundTokenIdleSeconds, boundTokenAbsoluteSeconds } = values;
  if (boundTokenIdleSeconds && boundTokenAbsoluteSeconds && boundTokenAbsoluteSeconds < boundTokenIdleSeconds)
    errors.push('BOUND_TOKEN_IDLE_SECONDS must not be above BOUND_TOKEN_ABSOLUTE_SECONDS');
  if (oauthClientsFile)
    for (const error of readOAuthClients(oauthClientsFile).errors) errors.push(`OAUTH_CLIENTS_FILE ${error}`);
  return errors;
}

export function sealKeys(cookieKeys: string): Buffer[] {
  return cookieKeys.split(',').map((each) => Buffer.from(each, each.length === 64 ? 'hex' : 'base64url'));
}

const isOrigin = (url: string): boolean => new URL(url).origin === url;

/** Accepts http on loopback in development: browsers treat it as secure (Secure Contexts, section 3.1). */
function isSecure(url: string, production: boolean): boolean {
  const { protocol, hostname } = new URL(url);
  const own = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
  return protocol === 'https:' || (own && !production);
}
