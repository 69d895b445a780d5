import { type ProblemType } from '@bff/service-kit';
import { z } from 'zod';
import { type ResourceName } from './resource.ts';

/** What an access token can be granted, and what that lets its holder do. */
export const scopes = {
  'customers:read': 'Read customers: names, addresses, loyalty.',
  'preferences:read': 'Read preferences.',
  'preferences:write': 'Change preferences.',
  'orders:read': 'Read orders, with name and email of their customer.',
  'notifications:read': 'Read notifications.',
  'notifications:write': 'Mark notifications as read.',
} as const;
export type Scope = keyof typeof scopes;

/** One thing that a partner can ask, in every version. The router and the document are made from these. */
export interface Operation {
  readonly method: 'get' | 'patch' | 'post';
  /** OpenAPI template, without the version. */
  readonly path: `/${string}`;
  readonly tag: 'Customers' | 'Orders' | 'Notifications';
  readonly summary: string;
  /** What it answers. */
  readonly resource: ResourceName;
  readonly query: z.ZodObject;
  /** All of them are needed. What an answer shows needs to be readable, also that of a write. */
  readonly scopes: readonly Scope[];
  /** A write: it needs an `Idempotency-Key`. */
  readonly write?: {
    readonly ifMatch: boolean;
    readonly body?: { readonly type: string; readonly schema: z.ZodType };
  };
  /** Beyond those that every operation may answer. */
  readonly problems: readonly ProblemType[];
}

const fields = z
  .string()
  .optional()
  .meta({
    description: 'Which members to answer: comma separated paths, at most 50 of 10 steps.',
    examples: ['orders[*].id'],
  });
const fieldsQuery = z.object({ fields });

const pageQuery = z.object({
  fields,
  limit: z
    .string()
    .regex(/^([1-9]\d?|100)$/, 'must be a whole number from 1 to 100')
    .transform(Number)
    .prefault('20')
    .meta({
      type: 'integer',
      minimum: 1,
      maximum: 100,
      default: 20,
      description: 'The most that one page holds.',
    }),
  cursor: z
    .string()
    .optional()
    .meta({ description: 'As the page before named it. It belongs to its path, `limit` and `fields`.' }),
});
export type PageQuery = z.output<typeof pageQuery>;

const customers = { method: 'get', tag: 'Customers', query: fieldsQuery } as const;
const profileScopes = ['customers:read', 'preferences:read', 'orders:read', 'notifications:read'] as const;

export const operations = {
  getCustomer: {
    ...customers,
    path: '/customers/{customerId}',
    summary: 'One customer',
    resource: 'customer',
    scopes: ['customers:read'],
    problems: ['not-found'],
  },
  getProfile: {
    ...customers,
    path: '/customers/{customerId}/profile',
    summary: 'All that a profile page shows of a customer, in one answer',
    resource: 'profile',
    scopes: profileScopes,
    problems: ['not-found'],
  },
  getOwnProfile: {
    ...customers,
    path: '/profile',
    summary: "The profile of the token's own subject",
    resource: 'profile',
    scopes: profileScopes,
    problems: ['not-found'],
  },
  getPreferences: {
    ...customers,
    path: '/customers/{customerId}/preferences',
    summary: "A customer's preferences; their ETag is what a change needs",
    resource: 'preferences',
    scopes: ['preferences:read'],
    problems: ['not-found'],
  },
  changePreferences: {
    ...customers,
    method: 'patch',
    path: '/customers/{customerId}/preferences',
    summary: "Change a customer's preferences by a JSON merge patch (RFC 7396)",
    resource: 'preferences',
    scopes: ['preferences:read', 'preferences:write'],
    write: {
      ifMatch: true,
      body: { type: 'application/merge-patch+json', schema: z.record(z.string(), z.unknown()) },
    },
    problems: ['not-found'],
  },
  listOrders: {
    method: 'get',
    path: '/customers/{customerId}/orders',
    tag: 'Orders',
    summary: "A customer's orders, the latest first",
    resource: 'orders',
    scopes: ['orders:read'],
    query: pageQuery,
    problems: ['invalid-cursor', 'not-found'],
  },
  getOrder: {
    method: 'get',
    path: '/orders/{orderId}',
    tag: 'Orders',
    summary: 'One order',
    resource: 'order',
    scopes: ['orders:read'],
    query: fieldsQuery,
    problems: ['not-found'],
  },
  listNotifications: {
    method: 'get',
    path: '/customers/{customerId}/notifications',
    tag: 'Notifications',
    summary: "A customer's notifications, the latest first",
    resource: 'notifications',
    scopes: ['notifications:read'],
    query: pageQuery,
    problems: ['invalid-cursor', 'not-found'],
  },
  markNotificationRead: {
    method: 'post',
    path: '/notifications/{notificationId}/read',
    tag: 'Notifications',
    summary: 'Mark a notification as read; the first time stands',
    resource: 'notification',
    scopes: ['notifications:read', 'notifications:write'],
    query: fieldsQuery,
    write: { ifMatch: false },
    problems: ['not-found'],
  },
} as const satisfies Record<string, Operation>;

export type OperationId = keyof typeof operations;

/** What every operation may answer. */
export const sharedProblems = [
  'bad-request', 'not-authenticated', 'forbidden', 'insufficient-scope', 'not-acceptable', 'quota-exceeded', 'internal', 'upstream-failed',
  'unavailable', 'upstream-timeout',
] as const satisfies readonly ProblemType[]; // prettier-ignore

/** What a write may answer besides, for the sake of what it needs. */
export const writeProblems = ({ ifMatch, body }: NonNullable<Operation['write']>): ProblemType[] => [
  'conflict',
  'unprocessable',
  ...(ifMatch ? (['precondition-failed', 'precondition-required'] as const) : []),
  ...(body ? (['content-too-large', 'unsupported-media-type'] as const) : []),
];
