import { clientErrors, clientSettings } from '@bff/auth-delegation';
import { integer, oneOf, text, type Setting, type SettingValues } from '@bff/service-kit';
import { hostCookieErrors } from './cookies.ts';

const developmentCookieKey = 'development-only-cookie-key-of-web-bff-----';
/** Syntax of a key of 32 bytes, in hex or base64url. */
const key = '(?:[0-9a-fA-F]{64}|[A-Za-z0-9_-]{43})';
const maxSeconds = 30 * 86_400;

/** Settings of the registration at the provider, of cookies and of sessions. */
export const loginSettings = {
  clientId: {
    env: 'CLIENT_ID',
    schema: text(),
    default: 'web-bff',
    meaning: 'client id of this app at the OpenID provider',
  },
  clientSecret: {
    env: 'CLIENT_SECRET',
    schema: text(),
    developmentDefault: 'web-bff-dev-secret',
    optional: true,
    secret: true,
    meaning:
      'client secret of this app at the OpenID provider; required unless CLIENT_AUTHENTICATION is private_key_jwt',
  },
  ...clientSettings,
  scope: {
    env: 'SCOPE',
    schema: text(/(?:^| )openid(?: |$)/, 'must contain openid'),
    default: 'openid profile',
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
  sameSite: {
    env: 'SAME_SITE',
    schema: oneOf(['lax', 'strict']),
    default: 'lax',
    meaning: 'SameSite of the session cookie: lax or strict; see the README before choosing strict',
  },
  sessionIdleSeconds: {
    env: 'SESSION_IDLE_SECONDS',
    schema: integer(1, maxSeconds),
    default: 1_800,
    meaning: 'idle timeout of a session, in seconds',
  },
  sessionAbsoluteSeconds: {
    env: 'SESSION_ABSOLUTE_SECONDS',
    schema: integer(1, maxSeconds),
    default: 43_200,
    meaning: 'absolute lifetime of a session, in seconds, regardless of use',
  },
} as const satisfies Record<string, Setting>;

interface Values extends SettingValues<typeof loginSettings> {
  readonly publicUrl: string;
}

/** Returns the errors in these settings and in their combinations. */
export function loginErrors(values: Partial<Values>, production: boolean): string[] {
  const { publicUrl, cookieKeys, sessionIdleSeconds, sessionAbsoluteSeconds } = values;
  const faults = [...clientErrors(values), ...(publicUrl === undefined ? [] : hostCookieErrors(publicUrl))];
  if (production && cookieKeys?.split(',').includes(developmentCookieKey))
    faults.push('COOKIE_KEYS must not contain the development key');
  if (sessionIdleSeconds && sessionAbsoluteSeconds && sessionAbsoluteSeconds < sessionIdleSeconds)
    faults.push('SESSION_IDLE_SECONDS must not be above SESSION_ABSOLUTE_SECONDS');
  return faults;
}

export function sealKeys(cookieKeys: string): Buffer[] {
  return cookieKeys.split(',').map((each) => Buffer.from(each, each.length === 64 ? 'hex' : 'base64url'));
}
