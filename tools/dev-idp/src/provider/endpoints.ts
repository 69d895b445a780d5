/** Groups of the provider's paths. Faults are set and calls are counted per group. */
export const endpoints = [
  'discovery',
  'jwks',
  'authorize',
  'login',
  'token',
  'revocation',
  'userinfo',
  'logout',
  'par',
  'device_authorization',
  'device',
] as const;

export type Endpoint = (typeof endpoints)[number];

export const routes = {
  authorization: '/auth',
  code_verification: '/device',
  device_authorization: '/device/auth',
  end_session: '/session/end',
  jwks: '/jwks',
  pushed_authorization_request: '/request',
  revocation: '/token/revocation',
  token: '/token',
  userinfo: '/me',
} as const;

export const interactionPath = '/interaction/';

const exact = new Map<string, Endpoint>([
  ['/.well-known/openid-configuration', 'discovery'],
  ['/.well-known/oauth-authorization-server', 'discovery'],
  [routes.authorization, 'authorize'],
  [routes.code_verification, 'device'],
  [routes.device_authorization, 'device_authorization'],
  [routes.end_session, 'logout'],
  [routes.jwks, 'jwks'],
  [routes.pushed_authorization_request, 'par'],
  [routes.revocation, 'revocation'],
  [routes.token, 'token'],
  [routes.userinfo, 'userinfo'],
]);

/**
 * Endpoints by the beginning of the path. The return from the login form (`/auth/...`) counts as `login`, so
 * that the count of `authorize` is the number of authorization requests.
 */
const beginnings: readonly (readonly [string, Endpoint])[] = [
  [interactionPath, 'login'],
  [`${routes.authorization}/`, 'login'],
  [`${routes.code_verification}/`, 'device'],
  [`${routes.end_session}/`, 'logout'],
];

export const isLoginForm = (pathname: string): boolean => pathname.startsWith(interactionPath);

export function endpointOf(pathname: string): Endpoint | undefined {
  return exact.get(pathname) ?? beginnings.find(([beginning]) => pathname.startsWith(beginning))?.[1];
}
