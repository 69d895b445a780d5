import { oauthPaths, passedParameterSchemas } from '@bff/auth-delegation';
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
const tokenProblems = ['not-authenticated', 'internal', 'unavailable', 'headers-too-large'] as const;
const publicOperation = { tag: 'OAuth', security: [] } as const;

/** Returns the schema of a form with these required and optional parameters. */
const form = (required: readonly string[], optional: readonly string[] = []): Record<string, JsonNode> => ({
  'application/x-www-form-urlencoded': {
    type: 'object',
    properties: Object.fromEntries([...required, ...optional].map((name) => [name, membersOf[name] ?? text])),
    required,
  },
});
const page = (description: string): JsonNode => ({ description, content: { 'text/html': { schema: text } } });
const rejected = jsonAnswer('The request was rejected; `error` says why', 'OAuthError');
const unknownClient = jsonAnswer('The client is unknown, or sent a secret', 'OAuthError');
const unavailable: JsonNode = {
  ...jsonAnswer('Temporarily unavailable; retry after `Retry-After`', 'OAuthError'),
  ...headersOf(['Retry-After']),
};
const oauthErrors = { 400: rejected, 401: unknownClient, 503: unavailable };
const pages = {
  400: page('A page that says why the login cannot continue'),
  500: page('A page that reports an internal error'),
  503: { ...page('A page that asks to try again later'), ...headersOf(['Retry-After']) },
};

interface AuthorizeParameter {
  readonly name: string;
  readonly description: string;
  readonly schema?: JsonNode;
  readonly isRequired?: true;
}

/** Parameters of an authorization request besides `client_id`. Clients push them or send them as a query. */
const authorizeParameters: readonly AuthorizeParameter[] = [
  {
    name: 'response_type',
    description: 'Must be `code`. Required without `request_uri`.',
    schema: { type: 'string', enum: ['code'] },
    isRequired: true,
  },
  {
    name: 'redirect_uri',
    description:
      'A registered redirect URI; the port of a loopback address may vary. Required without `request_uri`.',
    isRequired: true,
  },
  {
    name: 'code_challenge',
    description: 'RFC 7636: SHA-256 of the verifier. Required without `request_uri`.',
    schema: sha256,
    isRequired: true,
  },
  {
    name: 'code_challenge_method',
    description: 'Must be `S256`. Required without `request_uri`.',
    schema: { type: 'string', enum: ['S256'] },
    isRequired: true,
  },
  { name: 'state', description: 'Returned unchanged.' },
  { name: 'scope', description: 'Only `offline_access` is granted: it requests a refresh token.' },
  {
    name: 'dpop_jkt',
    description: 'RFC 9449: thumbprint of the proof key of the token request.',
    schema: sha256,
  },
  { name: 'prompt', description: 'Forwarded to the identity provider.' },
  {
    name: 'login_hint',
    description: 'Forwarded to the identity provider if PASSED_PARAMETERS lists it.',
    schema: passedParameterSchemas.text,
  },
  { name: 'ui_locales', description: 'Forwarded like `login_hint`.', schema: passedParameterSchemas.text },
  { name: 'acr_values', description: 'Forwarded like `login_hint`.', schema: passedParameterSchemas.text },
  {
    name: 'max_age',
    description: 'Forwarded like `login_hint`; maximum number of seconds since the user authenticated.',
    schema: passedParameterSchemas.seconds,
  },
];
const namesOf = (parameters: readonly AuthorizeParameter[]): string[] => parameters.map(({ name }) => name);

/** Schemas of form parameters that are not plain strings. */
const membersOf: Readonly<Record<string, JsonNode>> = {
  logout_token: jwtSchema,
  ...Object.fromEntries(authorizeParameters.map(({ name, schema = text }) => [name, schema])),
};

/**
 * Operations of the authorization server (RFC 6749, 7009, 7636, 8252, 8414, 8628, 9126). OAuth clients discover
 * them by its metadata.
 */
export const oauthOperations: readonly ApiOperation[] = [
  {
    ...publicOperation,
    id: 'getAuthorizationServerMetadata',
    method: 'get',
    path: oauthPaths.metadata,
    summary: 'Read the authorization server metadata (RFC 8414)',
    answers: { 200: jsonAnswer('The metadata', 'MetadataAnswer') },
    problems: ['headers-too-large'],
  },
  {
    ...publicOperation,
    id: 'getOpenIdConfiguration',
    method: 'get',
    path: oauthPaths.openIdMetadata,
    summary: 'Read the metadata at the path of OpenID Connect Discovery; no ID token is issued',
    answers: { 200: jsonAnswer('The metadata', 'OpenIdMetadataAnswer') },
    problems: ['headers-too-large'],
  },
  {
    ...publicOperation,
    id: 'getKeys',
    method: 'get',
    path: oauthPaths.keys,
    summary: 'Read the keys that sign ID tokens: an empty set',
    answers: { 200: jsonAnswer('An empty set', 'KeysAnswer') },
    problems: ['headers-too-large'],
  },
  {
    ...publicOperation,
    id: 'authorize',
    method: 'get',
    path: oauthPaths.authorize,
    summary: 'Start a login in the browser (authorization code with PKCE)',
    parameters: [
      query('client_id', 'Registered client id.', text, true),
      query(
        'request_uri',
        'Returned by the pushed authorization request endpoint (RFC 9126). All parameters except `client_id` are then ignored.',
      ),
      ...authorizeParameters.map(({ name, description, schema }) => query(name, description, schema)),
    ],
    answers: {
      302: emptyAnswer('To the identity provider, or to the app with an error', ['Location']),
      ...pages,
    },
    problems: [],
  },
  {
    ...publicOperation,
    id: 'pushAuthorizationRequest',
    method: 'post',
    path: oauthPaths.pushedAuthorization,
    summary: 'Push an authorization request, and get a reference to it (RFC 9126)',
    parameters: [header('DPoP', 'RFC 9449: proof; the code is bound to its key.')],
    body: form(
      ['client_id', ...namesOf(authorizeParameters.filter(({ isRequired }) => isRequired))],
      namesOf(authorizeParameters.filter(({ isRequired }) => !isRequired)),
    ),
    answers: { 201: jsonAnswer('The `request_uri` and its lifetime', 'PushedAnswer'), ...oauthErrors },
    problems: [],
  },
  {
    ...publicOperation,
    id: 'finishLogin',
    method: 'get',
    path: oauthPaths.callback,
    summary: 'Finish a login: redirect URI for the identity provider',
    parameters: [
      query('state', 'State of a login that this browser started.'),
      query('code', 'Authorization code.'),
      query('iss', 'RFC 9207.'),
      query('error', 'RFC 6749, section 4.1.2.1.'),
    ],
    answers: {
      200: page('The page on which the user approves a device'),
      302: emptyAnswer('To the app, with a code or an error', ['Location']),
      ...pages,
      403: page('The user was not logged in'),
      429: { ...page('Too many wrong codes'), ...headersOf(['Retry-After']) },
    },
    problems: [],
  },
  {
    ...publicOperation,
    id: 'getToken',
    method: 'post',
    path: oauthPaths.token,
    summary: 'Exchange a code, device code or refresh token for an access token',
    parameters: [header('DPoP', 'RFC 9449: proof; the issued tokens are bound to its key.')],
    body: form(
      ['grant_type', 'client_id'],
      ['code', 'redirect_uri', 'code_verifier', 'device_code', 'refresh_token'],
    ),
    answers: { 200: jsonAnswer('An opaque token', 'TokenAnswer'), ...oauthErrors },
    problems: [],
  },
  {
    ...publicOperation,
    id: 'authorizeDevice',
    method: 'post',
    path: oauthPaths.deviceAuthorization,
    summary: 'Request the codes for a device login (RFC 8628)',
    body: form(['client_id']),
    answers: {
      200: jsonAnswer('The codes', 'DeviceAnswer'),
      ...oauthErrors,
      429: jsonAnswer('`slow_down`: too many device logins were started', 'OAuthError', ['Retry-After']),
    },
    problems: [],
  },
  {
    ...publicOperation,
    id: 'showDevicePage',
    method: 'get',
    path: oauthPaths.device,
    summary: 'Show the page on which the user enters the code of a device',
    parameters: [query('user_code', 'The code that the device shows.')],
    answers: { 200: page('The page'), ...pages },
    problems: [],
  },
  {
    ...publicOperation,
    id: 'submitDevicePage',
    method: 'post',
    path: oauthPaths.device,
    summary: 'Submit the code of a device, or the decision about it',
    body: form([], ['user_code', 'prompt', 'confirmation', 'decision']),
    answers: {
      200: page('The page with the result'),
      303: emptyAnswer('To the identity provider', ['Location']),
      ...pages,
    },
    problems: [],
  },
  {
    ...publicOperation,
    id: 'revokeToken',
    method: 'post',
    path: oauthPaths.revoke,
    summary: 'Revoke a token (RFC 7009)',
    body: form(['token', 'client_id'], ['token_type_hint']),
    answers: { 200: emptyAnswer('The token is revoked, or was not valid'), ...oauthErrors },
    problems: [],
  },
  {
    tag: 'OAuth',
    id: 'listSessions',
    method: 'get',
    path: '/auth/sessions',
    summary: "List the user's sessions in apps and browsers, most recently used first",
    answers: { 200: jsonAnswer('The sessions', 'SessionsAnswer') },
    problems: [...tokenProblems],
  },
  {
    tag: 'OAuth',
    id: 'endOtherSessions',
    method: 'delete',
    path: '/auth/sessions',
    summary: "End all of the user's sessions except this one",
    answers: { 204: emptyAnswer('The sessions are ended') },
    problems: [...tokenProblems],
  },
  {
    tag: 'OAuth',
    id: 'endSession',
    method: 'delete',
    path: '/auth/sessions/{id}',
    summary: "End one of the user's sessions",
    answers: { 204: emptyAnswer('The session is ended') },
    problems: [...tokenProblems, 'not-found'],
  },
  {
    ...publicOperation,
    id: 'endTokensFromProvider',
    method: 'post',
    path: '/oauth/backchannel-logout',
    summary: 'Receive a logout token from the provider (OpenID Connect Back-Channel Logout 1.0)',
    body: form(['logout_token']),
    answers: { 200: emptyAnswer('The sessions are ended'), 400: rejected, 503: unavailable },
    problems: [],
  },
];
