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
/** For people, who navigate here; a fetch is answered with a problem. */
const pages = (...statuses: readonly number[]): Record<number, JsonNode> =>
  Object.fromEntries(
    statuses.map((status) => [status, page('The login cannot go on: a page, or a problem')]),
  );
const anybody = { security: [] } as const;
const sessionAlone = { security: [{ session: [] }] } as const;

/** As `parseReturnTo` reads it, without what comes to light by decoding: printable ASCII, one slash in front, no credentials. */
const localPath = {
  type: 'string',
  default: '/',
  maxLength: 2_048,
  pattern: String.raw`^/([!"$-.0->A-\[\]-~][!"$-.0->A-\[\]-~]*([/?#][!-\[\]-~]*)?|[?#][!-\[\]-~]*)?$`,
} as const;

/** Logging in is a navigation: these are the addresses that browsers go to, not ones to fetch. */
export const sessionOperations: readonly ApiOperation[] = [
  {
    id: 'logIn',
    method: 'get',
    path: '/auth/login',
    tag: 'Session',
    summary: 'Navigate here to log in; a fetch is 401',
    ...anybody,
    parameters: [
      query(
        'return_to',
        'Local path where the browser lands; not one that is another address when it is decoded.',
        localPath,
      ),
      query(
        'prompt',
        '`none`: silent renewal, never a form. Others: a form even for a user who is logged in there.',
        {
          type: 'string',
          enum: ['none', 'login', 'select_account'],
        },
      ),
      query('login_hint', 'Handed on to the identity provider; which are is a setting.'),
      query('ui_locales', 'Handed on, likewise.'),
      query('acr_values', 'Handed on, likewise.'),
      query('max_age', 'Handed on, likewise; seconds since the user authenticated, at most.', {
        type: 'integer',
        minimum: 0,
      }),
    ],
    answers: { ...pages(400, 500, 503), 302: emptyAnswer('To the identity provider', ['Location']) },
    problems: ['bad-request', 'invalid-return-to', 'not-authenticated', 'internal', 'unavailable'],
  },
  {
    id: 'finishLogin',
    method: 'get',
    path: '/auth/callback',
    tag: 'Session',
    summary: 'Where the identity provider sends the browser back to',
    ...anybody,
    parameters: [
      query('state', 'Of the login that this browser began.'),
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
    summary: 'Who is logged in, until when; no use of the session',
    ...sessionAlone,
    answers: { 200: jsonAnswer('The session', 'SessionAnswer') },
    problems: ['not-authenticated', 'internal', 'unavailable'],
  },
  {
    id: 'revalidateSession',
    method: 'post',
    path: '/auth/revalidate',
    tag: 'Session',
    summary: 'Have the identity provider confirm the session, when an answer says `BFF-Session: revalidate`',
    answers: { 204: emptyAnswer('The session goes on') },
    problems: ['not-authenticated', 'csrf', 'internal', 'unavailable'],
  },
  {
    id: 'logOut',
    method: 'post',
    path: '/auth/logout',
    tag: 'Session',
    summary: 'End this session; fine when there is none',
    security: [{ page: [] }],
    answers: { 200: jsonAnswer('It is over', 'LogoutAnswer', ['Clear-Site-Data']) },
    problems: ['csrf', 'internal', 'unavailable'],
  },
  {
    id: 'logOutFromPage',
    method: 'post',
    path: '/auth/logout-page',
    tag: 'Session',
    summary: 'End this session by a form of a page of ours, without a script; fine when there is none',
    ...anybody,
    answers: {
      ...pages(403, 500, 503),
      200: { ...page('It is over'), ...headersOf(['Clear-Site-Data', 'Refresh']) },
    },
    problems: ['csrf', 'internal', 'unavailable'],
  },
  {
    id: 'listSessions',
    method: 'get',
    path: '/auth/sessions',
    tag: 'Session',
    summary: 'Where else the user is logged in, in browsers and apps, last used first; no use of the session',
    ...sessionAlone,
    answers: { 200: jsonAnswer('The sessions', 'SessionsAnswer') },
    problems: ['not-authenticated', 'internal', 'unavailable'],
  },
  {
    id: 'endOtherSessions',
    method: 'delete',
    path: '/auth/sessions',
    tag: 'Session',
    summary: 'End all sessions of the user but this one',
    answers: { 204: emptyAnswer('They are over') },
    problems: ['not-authenticated', 'csrf', 'internal', 'unavailable'],
  },
  {
    id: 'endSession',
    method: 'delete',
    path: '/auth/sessions/{id}',
    tag: 'Session',
    summary: "End one of the user's sessions",
    answers: { 204: emptyAnswer('It is over') },
    problems: ['not-authenticated', 'csrf', 'not-found', 'internal', 'unavailable'],
  },
  {
    id: 'endSessionsFromProvider',
    method: 'post',
    path: '/auth/backchannel-logout',
    tag: 'Session',
    summary: 'From the provider, server to server (OpenID Connect Back-Channel Logout 1.0)',
    ...anybody,
    body: {
      'application/x-www-form-urlencoded': {
        type: 'object',
        properties: { logout_token: jwtSchema },
        required: ['logout_token'],
      },
    },
    answers: { 200: emptyAnswer('Done'), 400: jsonAnswer('The token is not valid', 'OAuthError') },
    problems: ['content-too-large', 'unsupported-media-type', 'internal', 'unavailable'],
  },
];
