import { type ProblemType } from '@bff/service-kit';
import { apiParameters, emptyAnswer, jsonAnswer, type ApiOperation } from '@bff/shaping';

const { query, header, fields, page, ifMatch, ifNoneMatch } = apiParameters;

const shape = query(
  'shape',
  '`flat`: dot keys in place of nested members, such as `orders.0.id`.',
  { type: 'string', enum: ['nested', 'flat'], default: 'nested' }, // prettier-ignore
);
const xTenantId = header('X-Tenant-ID', 'Which of your tenants, when there are several.');

const problems = [
  'bad-request', 'invalid-fields', 'tenant-conflict', 'not-authenticated', 'csrf', 'unknown-tenant', 'tenant-mismatch',
  'not-found', 'not-acceptable', 'headers-too-large', 'internal', 'upstream-failed', 'unavailable', 'upstream-timeout',
] as const satisfies readonly ProblemType[]; // prettier-ignore

const read = (id: string, path: `/${string}`, summary: string, schema: string): ApiOperation => ({
  id,
  method: 'get',
  path: `/api${path}`,
  tag: 'Screens',
  summary,
  parameters: [xTenantId, fields, shape, ifNoneMatch],
  answers: {
    200: jsonAnswer(summary, schema, ['ETag', 'BFF-Degraded', 'Server-Timing']),
    304: emptyAnswer('You have it already: `If-None-Match` names its ETag', ['ETag']),
  },
  problems: [...problems, 'precondition-failed'],
});
const readPage = (...[id, path, summary, schema]: Parameters<typeof read>): ApiOperation => {
  const operation = read(id, path, summary, schema);
  return {
    ...operation,
    parameters: [...(operation.parameters ?? []), ...page],
    problems: [...operation.problems, 'invalid-cursor'],
  };
};

export const screenOperations: readonly ApiOperation[] = [
  read('getProfile', '/profile', 'All that a profile page shows, from five services', 'ProfileAnswer'),
  read('getHome', '/home', 'Who it is, what is new, and the latest of both lists', 'HomeAnswer'),
  readPage('listOrders', '/orders', 'Orders, the latest first', 'OrdersAnswer'),
  read('getOrder', '/orders/{id}', 'One order', 'OrderAnswer'),
  readPage('listNotifications', '/notifications', 'Notifications, the latest first', 'NotificationsAnswer'),
  read(
    'getPreferences',
    '/preferences',
    'Preferences; their ETag is what a change needs',
    'PreferencesAnswer',
  ),
  {
    id: 'changePreferences',
    method: 'patch',
    path: '/api/preferences',
    tag: 'Writes',
    summary: 'Change preferences by a JSON merge patch (RFC 7396)',
    parameters: [xTenantId, fields, shape, ifMatch],
    body: {
      'application/merge-patch+json': { type: 'object', additionalProperties: true },
      'application/json': { type: 'object', additionalProperties: true },
    },
    answers: { 200: jsonAnswer('The preferences as they are now', 'PreferencesAnswer', ['ETag']) },
    problems: [
      ...problems, 'conflict', 'precondition-failed', 'precondition-required', 'content-too-large', 'unsupported-media-type',
      'unprocessable',
    ], // prettier-ignore
  },
  {
    id: 'markNotificationRead',
    method: 'post',
    path: '/api/notifications/{id}/read',
    tag: 'Writes',
    summary: 'Mark a notification as read; the first time stands',
    parameters: [xTenantId, fields, shape],
    answers: { 200: jsonAnswer('The notification', 'NotificationAnswer') },
    problems: [...problems, 'conflict', 'content-too-large', 'unsupported-media-type', 'unprocessable'],
  },
];
