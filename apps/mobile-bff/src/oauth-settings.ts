import { clientFaults, clientSettings } from '@bff/auth-delegation';
import { integer, text, type Setting, type SettingValues } from '@bff/service-kit';
import { readOAuthClients } from './oauth-clients.ts';

const developmentCookieKey = 'development-only-cookie-key-of-mobile-bff--';
const day = 86_400;
/** 32 bytes, in hex or base64url. */
const key = '(?:[0-9a-fA-F]{64}|[A-Za-z0-9_-]{43})';

/** The settings of the authorization server that this app is, and of the client that it is to the provider. */
export const oauthSettings = {
  clientId: {
    env: 'CLIENT_ID',
    schema: text(),
    default: 'mobile-bff',
    meaning: 'our client id at the OpenID provider',
  },
  clientSecret: {
    env: 'CLIENT_SECRET',
    schema: text(),
    developmentDefault: 'mobile-bff-dev-secret',
    optional: true,
    secret: true,
    meaning:
      'our client secret at the OpenID provider; required unless CLIENT_AUTHENTICATION is private_key_jwt',
  },
  ...clientSettings,
  scope: {
    env: 'SCOPE',
    schema: text(/(?:^| )openid(?: |$)/, 'must contain openid'),
    default: 'openid offline_access',
    meaning: 'scopes asked for, separated by spaces: those that put tenants and roles into the ID token',
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
      'keys of the login cookies, comma separated: the first seals, all open; the same on every replica',
  },
  oauthClientsFile: {
    env: 'OAUTH_CLIENTS_FILE',
    schema: text(),
    developmentDefault: `${import.meta.dirname}/../demo-clients.json`,
    meaning: 'JSON file of the apps and devices that may log users in; read at the start',
  },
  tokenIdleSeconds: {
    env: 'TOKEN_IDLE_SECONDS',
    schema: integer(60, 365 * day),
    default: 30 * day,
    meaning: 'seconds without use after which a token ends',
  },
  tokenAbsoluteSeconds: {
    env: 'TOKEN_ABSOLUTE_SECONDS',
    schema: integer(60, 1_095 * day),
    default: 90 * day,
    meaning: 'seconds after which a token ends however much it is used',
  },
  boundTokenIdleSeconds: {
    env: 'BOUND_TOKEN_IDLE_SECONDS',
    schema: integer(60, 365 * day),
    default: 90 * day,
    meaning: 'TOKEN_IDLE_SECONDS of tokens that are bound to a key of their client (DPoP, RFC 9449)',
  },
  boundTokenAbsoluteSeconds: {
    env: 'BOUND_TOKEN_ABSOLUTE_SECONDS',
    schema: integer(60, 1_095 * day),
    default: 365 * day,
    meaning: 'TOKEN_ABSOLUTE_SECONDS of tokens that are bound to a key of their client',
  },
  refreshGraceSeconds: {
    env: 'REFRESH_GRACE_SECONDS',
    schema: integer(0, 600),
    default: 60,
    meaning:
      'seconds for which a refresh token that was replaced gets the same answer again, although that answer was used: two processes of an app may refresh at once. While it was not used, it was lost, and is given again at any time',
  },
  deviceCodeSeconds: {
    env: 'DEVICE_CODE_SECONDS',
    // The end of a provider's session is remembered for 15 minutes: no device may come for its token later.
    schema: integer(30, 900),
    default: 600,
    meaning: 'seconds that a user has to let a device in',
  },
  deviceIntervalSeconds: {
    env: 'DEVICE_INTERVAL_SECONDS',
    schema: integer(1, 60),
    default: 5,
    meaning: 'seconds that a device waits between two questions',
  },
  devicesPerAddress: {
    env: 'DEVICES_PER_ADDRESS',
    schema: integer(1, 1_000_000),
    default: 60,
    meaning:
      'device authorizations that one address (of IPv6 a /48) may begin in a minute; more is a 429. Behind a proxy TRUSTED_PROXIES must name it, or all clients are one address',
  },
  devicesPerClient: {
    env: 'DEVICES_PER_CLIENT',
    schema: integer(1, 1_000_000),
    default: 3_000,
    meaning: 'device authorizations that one client may begin in a minute, from all addresses; more is a 429',
  },
} as const satisfies Record<string, Setting>;

interface Values extends SettingValues<typeof oauthSettings> {
  readonly publicUrl: string;
}

/** Rules between these settings, and what is wrong with the file; the faults. */
export function oauthFaults(values: Partial<Values>, production: boolean): string[] {
  const { publicUrl, cookieKeys, oauthClientsFile, tokenIdleSeconds, tokenAbsoluteSeconds } = values;
  const faults = clientFaults(values);
  if (publicUrl && !isOrigin(publicUrl)) faults.push('PUBLIC_URL must be an origin: no path, no query');
  if (publicUrl && !isSecure(publicUrl, production))
    faults.push('PUBLIC_URL must be https: without it no browser keeps the login cookies (`__Host-`)');
  if (production && cookieKeys?.split(',').includes(developmentCookieKey))
    faults.push('COOKIE_KEYS has the development key among its keys');
  if (tokenIdleSeconds && tokenAbsoluteSeconds && tokenAbsoluteSeconds < tokenIdleSeconds)
    faults.push('TOKEN_IDLE_SECONDS must not be above TOKEN_ABSOLUTE_SECONDS');
  const { boundTokenIdleSeconds, boundTokenAbsoluteSeconds } = values;
  if (boundTokenIdleSeconds && boundTokenAbsoluteSeconds && boundTokenAbsoluteSeconds < boundTokenIdleSeconds)
    faults.push('BOUND_TOKEN_IDLE_SECONDS must not be above BOUND_TOKEN_ABSOLUTE_SECONDS');
  if (oauthClientsFile)
    for (const fault of readOAuthClients(oauthClientsFile).faults) faults.push(`OAUTH_CLIENTS_FILE ${fault}`);
  return faults;
}

export function sealKeys(cookieKeys: string): Buffer[] {
  return cookieKeys.split(',').map((each) => Buffer.from(each, each.length === 64 ? 'hex' : 'base64url'));
}

const isOrigin = (url: string): boolean => new URL(url).origin === url;

/** In development browsers take their own machine for secure (Secure Contexts, section 3.1). */
function isSecure(url: string, production: boolean): boolean {
  const { protocol, hostname } = new URL(url);
  const own = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
  return protocol === 'https:' || (own && !production);
}
