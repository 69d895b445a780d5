import { oauthPaths } from '@bff/auth-delegation';
import {
  apiParameters,
  emptyAnswer,
  headersOf,
  jsonAnswer,
  type ApiOperation,
  type JsonNode,
} from '@bff/shaping';

const { header, query, jwtSchema } = apiParameters;
const text = { type: 'string' } as const;
const sha256 = { type: 'string', pattern: '^[A-Za-z0-9_-]{43}$' } as const;
const ofToken = ['not-authenticated', 'internal', 'unavailable', 'headers-too-large'] as const;
const anybody = { tag: 'OAuth', security: [] } as const;

/** Members that are not any text. */
const membersOf: Readonly<Record<string, JsonNode>> = { logout_token: jwtSchema };

/** A form of these members, of which the first are required. */
const form = (required: readonly string[], optional: readonly string[] = []): Record<string, JsonNode> => ({
  'application/x-www-form-urlencoded': {
    type: 'object',
    properties: Object.fromEntries([...required, ...optional].map((name) => [name, membersOf[name] ?? text])),
    required,
  },
});
const page = (description: string): JsonNode => ({ description, content: { 'text/html': { schema: text } } });
const refused = jsonAnswer('Refused: `error` says why', 'OAuthError');
const unknownClient = jsonAnswer('The client is not known, or shows a secret', 'OAuthError');
const away: JsonNode = {
  ...jsonAnswer('Not possible for the moment', 'OAuthError'),
  ...headersOf(['Retry-After']),
};
const oauthErrors = { 400: refused, 401: unknownClient, 503: away };
const pages = {
  400: page('It cannot go on: a page says why'),
  500: page('Something went wrong here'),
  503: { ...page('Not possible for the moment'), ...headersOf(['Retry-After']) },
};

/** The authorization server (RFC 6749, 7009, 7636, 8252, 8414, 8628). Stock clients find all of it in its metadata. */
export const oauthOperations: readonly ApiOperation[] = [
  {
    ...anybody,
    id: 'getAuthorizationServerMetadata',
    method: 'get',
    path: oauthPaths.metadata,
    summary: 'RFC 8414',
    answers: { 200: jsonAnswer('The metadata', 'MetadataAnswer') },
    problems: ['headers-too-large'],
  },
  {
    ...anybody,
    id: 'getOpenIdConfiguration',
    method: 'get',
    path: oauthPaths.openIdMetadata,
    summary: 'The same for clients that look here: an OAuth server that issues no ID token',
    answers: { 200: jsonAnswer('The metadata', 'OpenIdMetadataAnswer') },
    problems: ['headers-too-large'],
  },
  {
    ...anybody,
    id: 'getKeys',
    method: 'get',
    path: oauthPaths.keys,
    summary: 'The keys that sign ID tokens: none',
    answers: { 200: jsonAnswer('An empty set', 'KeysAnswer') },
    problems: ['headers-too-large'],
  },
  {
    ...anybody,
    id: 'authorize',
    method: 'get',
    path: oauthPaths.authorize,
    summary: 'Send the browser here to log in: code and PKCE',
    parameters: [
      query('response_type', 'Must be `code`.', { type: 'string', enum: ['code'] }, true),
      query('client_id', 'As registered.', text, true),
      query('redirect_uri', 'One of those registered; the port of a loopback address may vary.', text, true),
      query('code_challenge', 'RFC 7636: SHA-256 of the verifier.', sha256, true),
      query('code_challenge_method', 'Must be `S256`.', { type: 'string', enum: ['S256'] }, true),
      query('state', 'Comes back as it is.'),
      query('scope', '`offline_access` is granted with a refresh token, and nothing else.'),
      query('dpop_jkt', 'RFC 9449: thumbprint of the key that the token request will prove.', sha256),
      query('prompt', 'Handed on to the identity provider.'),
      query('login_hint', 'Handed on to the identity provider; which are is a setting.'),
      query('ui_locales', 'Handed on, likewise.'),
      query('acr_values', 'Handed on, likewise.'),
      query('max_age', 'Handed on, likewise; seconds since the user authenticated, at most.', {
        type: 'integer',
        minimum: 0,
      }),
    ],
    answers: { 302: emptyAnswer('To the identity provider, or back with an error', ['Location']), ...pages },
    problems: [],
  },
  {
    ...anybody,
    id: 'finishLogin',
    method: 'get',
    path: oauthPaths.callback,
    summary: 'Where the identity provider sends the browser back to',
    parameters: [
      query('state', 'Of the login that this browser began.'),
      query('code', 'Authorization code.'),
      query('iss', 'RFC 9207.'),
      query('error', 'RFC 6749, section 4.1.2.1.'),
    ],
    answers: {
      200: page('The page on which a user lets a device in'),
      302: emptyAnswer('To the app, with its code or an error', ['Location']),
      ...pages,
      403: page('The user was not logged in'),
      429: { ...page('Too many wrong codes'), ...headersOf(['Retry-After']) },
    },
    problems: [],
  },
  {
    ...anybody,
    id: 'getToken',
    method: 'post',
    path: oauthPaths.token,
    summary: 'A token for a code',
    parameters: [header('DPoP', 'RFC 9449: a proof; the tokens are bound to its key.')],
    body: form(
      ['grant_type', 'client_id'],
      ['code', 'redirect_uri', 'code_verifier', 'device_code', 'refresh_token'],
    ),
    answers: { 200: jsonAnswer('An opaque token', 'TokenAnswer'), ...oauthErrors },
    problems: [],
  },
  {
    ...anybody,
    id: 'authorizeDevice',
    method: 'post',
    path: oauthPaths.deviceAuthorization,
    summary: 'Codes for a device without a keyboard (RFC 8628)',
    body: form(['client_id']),
    answers: {
      200: jsonAnswer('The codes', 'DeviceAnswer'),
      ...oauthErrors,
      429: jsonAnswer('`slow_down`: too many devices ask for codes', 'OAuthError', ['Retry-After']),
    },
    problems: [],
  },
  {
    ...anybody,
    id: 'showDevicePage',
    method: 'get',
    path: oauthPaths.device,
    summary: "Where the device's user types the code",
    parameters: [query('user_code', 'As the device shows it.')],
    answers: { 200: page('The page'), ...pages },
    problems: [],
  },
  {
    ...anybody,
    id: 'submitDevicePage',
    method: 'post',
    path: oauthPaths.device,
    summary: "What the device's user typed or decided",
    body: form([], ['user_code', 'prompt', 'confirmation', 'decision']),
    answers: {
      200: page('What came of it'),
      303: emptyAnswer('To the identity provider', ['Location']),
      ...pages,
    },
    problems: [],
  },
  {
    ...anybody,
    id: 'revokeToken',
    method: 'post',
    path: oauthPaths.revoke,
    summary: 'End a token (RFC 7009)',
    body: form(['token', 'client_id'], ['token_type_hint']),
    answers: { 200: emptyAnswer('It is over, if there was one'), ...oauthErrors },
    problems: [],
  },
  {
    tag: 'OAuth',
    id: 'listSessions',
    method: 'get',
    path: '/auth/sessions',
    summary: 'Where else the user is logged in, in apps and browsers, last used first',
    answers: { 200: jsonAnswer('The sessions', 'SessionsAnswer') },
    problems: [...ofToken],
  },
  {
    tag: 'OAuth',
    id: 'endOtherSessions',
    method: 'delete',
    path: '/auth/sessions',
    summary: 'End all sessions of the user but this one',
    answers: { 204: emptyAnswer('They are over') },
    problems: [...ofToken],
  },
  {
    tag: 'OAuth',
    id: 'endSession',
    method: 'delete',
    path: '/auth/sessions/{id}',
    summary: "End one of the user's sessions",
    answers: { 204: emptyAnswer('It is over') },
    problems: [...ofToken, 'not-found'],
  },
  {
    ...anybody,
    id: 'endTokensFromProvider',
    method: 'post',
    path: '/oauth/backchannel-logout',
    summary: 'From the provider, server to server (OpenID Connect Back-Channel Logout 1.0)',
    body: form(['logout_token']),
    answers: { 200: emptyAnswer('Done'), 400: refused, 503: away },
    problems: [],
  },
];
