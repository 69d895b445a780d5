import { passedParameterSchemas } from '@bff/auth-delegation';
import {
  apiParameters,
  emptyAnswer,
  headersOf,
  jsonAnswer,
  type ApiOperation,
  type JsonNode,
} from '@bff/shaping';

const { query, jwtSchema } = apiParameters;
const page = (description: string): JsonNode => ({
  description,
  content: { 'text/html': { schema: { type: 'string' } } },
});
/** Describes error responses: a navigation gets a page, a fetch gets problem details. */
const pages = (...statuses: readonly number[]): Record<number, JsonNode> =>
  Object.fromEntries(
    statuses.map((status) => [status, page('The login cannot continue: a page, or problem details')]),
  );
const publicOperation = { security: [] } as const;
const sessionOnly = { security: [{ session: [] }] } as const;

/**
 * Syntax that `parseReturnTo` accepts before decoding: printable ASCII, one leading slash, no credentials.
 */
const localPath = {
  type: 'string',
  default: '/',
  maxLength: 2_048,
  pattern: String.raw`^/([!"$-.0->A-\[\]-~][!"$-.0->A-\[\]-~]*([/?#][!-\[\]-~]*)?|[?#][!-\[\]-~]*)?$`,
} as const;

/** Operations of the session. Browsers call the login operations by navigation; scripts cannot fetch them. */
export const sessionOperations: readonly ApiOperation[] = [
  {
    id: 'logIn',
    method: 'get',
    path: '/auth/login',
    tag: 'Session',
    summary: 'Start a login by navigation; a fetch gets 401',
    ...publicOperation,
    parameters: [
      query(
        'return_to',
        'Local path to which the browser returns; rejected if decoding it yields another origin.',
        localPath,
      ),
      query(
        'prompt',
        '`none` renews silently and never shows a form; the others show a form even to a user who is logged in.',
        {
          type: 'string',
          enum: ['none', 'login', 'select_account'],
        },
      ),
      query(
        'login_hint',
        'Forwarded to the identity provider if PASSED_PARAMETERS lists it.',
        passedParameterSchemas.text,
      ),
      query('ui_locales', 'Forwarded like `login_hint`.', passedParameterSchemas.text),
      query('acr_values', 'Forwarded like `login_hint`.', passedParameterSchemas.text),
      query(
        'max_age',
        'Forwarded like `login_hint`; maximum number of seconds since the user authenticated.',
        passedParameterSchemas.seconds,
      ),
    ],
    answers: { ...pages(400, 500, 503), 302: emptyAnswer('To the identity provider', ['Location']) },
    problems: ['bad-request', 'invalid-return-to', 'not-authenticated', 'internal', 'unavailable'],
  },
  {
    id: 'finishLogin',
    method: 'get',
    path: '/auth/callback',
    tag: 'Session',
    summary: 'Finish a login: redirect URI for the identity provider',
    ...publicOperation,
    parameters: [
      query('state', 'State of a login that this browser started.'),
      query('code', 'Authorization code.'),
      query('iss', 'RFC 9207.'),
      query('error', 'RFC 6749, section 4.1.2.1.'),
    ],
    answers: {
      ...pages(400, 403, 500, 503),
      302: emptyAnswer('To `return_to`, with the session cookie', ['Location']),
    },
    problems: ['bad-request', 'forbidden', 'unknown-tenant', 'internal', 'unavailable'],
  },
  {
    id: 'getSession',
    method: 'get',
    path: '/auth/session',
    tag: 'Session',
    summary: 'Read the user and the end of the session, without extending it',
    ...sessionOnly,
    answers: { 200: jsonAnswer('The session', 'SessionAnswer') },
    problems: ['not-authenticated', 'internal', 'unavailable'],
  },
  {
    id: 'revalidateSession',
    method: 'post',
    path: '/auth/revalidate',
    tag: 'Session',
    summary:
      'Confirm the session at the identity provider; call it when an answer says `BFF-Session: revalidate`',
    answers: { 204: emptyAnswer('The session is confirmed') },
    problems: ['not-authenticated', 'csrf', 'internal', 'unavailable'],
  },
  {
    id: 'logOut',
    method: 'post',
    path: '/auth/logout',
    tag: 'Session',
    summary: 'End this session; also succeeds without a session',
    security: [{ page: [] }],
    answers: { 200: jsonAnswer('The session is ended', 'LogoutAnswer', ['Clear-Site-Data']) },
    problems: ['csrf', 'internal', 'unavailable'],
  },
  {
    id: 'logOutFromPage',
    method: 'post',
    path: '/auth/logout-page',
    tag: 'Session',
    summary: 'End this session by an HTML form, for pages without script; also succeeds without a session',
    ...publicOperation,
    answers: {
      ...pages(403, 500, 503),
      200: { ...page('The session is ended'), ...headersOf(['Clear-Site-Data', 'Refresh']) },
    },
    problems: ['csrf', 'internal', 'unavailable'],
  },
  {
    id: 'listSessions',
    method: 'get',
    path: '/auth/sessions',
    tag: 'Session',
    summary:
      "List the user's sessions in browsers and apps, most recently used first, without extending this one",
    ...sessionOnly,
    answers: { 200: jsonAnswer('The sessions', 'SessionsAnswer') },
    problems: ['not-authenticated', 'internal', 'unavailable'],
  },
  {
    id: 'endOtherSessions',
    method: 'delete',
    path: '/auth/sessions',
    tag: 'Session',
    summary: "End all of the user's sessions except this one",
    answers: { 204: emptyAnswer('The sessions are ended') },
    problems: ['not-authenticated', 'csrf', 'internal', 'unavailable'],
  },
  {
    id: 'endSession',
    method: 'delete',
    path: '/auth/sessions/{id}',
    tag: 'Session',
    summary: "End one of the user's sessions",
    answers: { 204: emptyAnswer('The session is ended') },
    problems: ['not-authenticated', 'csrf', 'not-found', 'internal', 'unavailable'],
  },
  {
    id: 'endSessionsFromProvider',
    method: 'post',
    path: '/auth/backchannel-logout',
    tag: 'Session',
    summary: 'Receive a logout token from the provider (OpenID Connect Back-Channel Logout 1.0)',
    ...publicOperation,
    body: {
      'application/x-www-form-urlencoded': {
        type: 'object',
        properties: { logout_token: jwtSchema },
        required: ['logout_token'],
      },
    },
    answers: {
      200: emptyAnswer('The sessions are ended'),
      400: jsonAnswer('The logout token is not valid', 'OAuthError'),
    },
    problems: ['content-too-large', 'unsupported-media-type', 'internal', 'unavailable'],
  },
];
