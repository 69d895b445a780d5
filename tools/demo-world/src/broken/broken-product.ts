import { expectedView, isRequired } from './expected-view.ts';
import { readFacts, type Facts, type Json } from './facts.ts';
import { changeDatabase, plantNotifications } from './notification-database.ts';
import { plantedAnswer, preferencesOf } from './planted-answers.ts';

type HttpClient = 'web' | 'mobile' | 'partner';
type Client = HttpClient | 'agent';

/** Returns ids of seeded users; each tenant has at least a hundred. */
const numbered =
  (tenant: string) =>
  (from: number, count: number): string[] =>
    Array.from({ length: count }, (_, index) => `${tenant}-user-${String(from + index).padStart(3, '0')}`);

const acme = {
  id: 'acme',
  name: 'Acme Corp',
  fields: { blocked: ['ssn', 'internal_notes'] },
  partner: { clientId: 'acme-erp', clientSecret: 'demo-secret' },
  users: numbered('acme'),
  words: ['@acme.example', 'cdn.example/acme/'],
};
const globex = {
  id: 'globex',
  name: 'Globex',
  fields: { allowed: ['name', 'email', 'orders[*].id'] },
  partner: { clientId: 'globex-crm', clientSecret: 'demo-secret' },
  users: numbered('globex'),
  words: ['@globex.example', 'cdn.example/globex/'],
};

const appPaths = {
  profile: '/api/profile',
  home: '/api/home',
  orders: '/api/orders?limit=5',
  notifications: '/api/notifications?limit=5',
  preferences: '/api/preferences',
};
const partnerPaths = (user: string): Readonly<Record<string, string>> => ({
  profile: `/v1/customers/${user}/profile`,
  customer: `/v1/customers/${user}`,
  orders: `/v1/customers/${user}/orders?limit=5`,
  preferences: `/v1/customers/${user}/preferences`,
});

const tool = (name: string, args: Json = {}) => ({ name, arguments: args });
const agent = {
  scope:
    'customers:read orders:read notifications:read notifications:write preferences:read preferences:write',
  screens: {
    profile: tool('getProfile'),
    orders: tool('listOrders', { limit: 5 }),
    notifications: tool('listNotifications', { limit: 5 }),
    preferences: tool('getPreferences'),
  },
  change: (version: string, patch: Json) => tool('changePreferences', { version, body: patch }),
  marks: tool('listNotifications', { limit: 50 }),
  mark: (id: string) => tool('markNotificationRead', { id }),
};

/** A user of both tenants. */
const shared = 'max';
const sharedAppPaths = [
  'profile',
  'home',
  'orders?limit=5',
  'orders/o1',
  'notifications?limit=5',
  'preferences',
].map((path) => `/api/${path}`);
const sharedPartnerPaths = ['v1', 'v2'].flatMap((version) =>
  ['', '/profile', '/orders?limit=5', '/notifications?limit=5', '/preferences']
    .map((path) => `/${version}/customers/${shared}${path}`)
    .concat(`/${version}/orders/o1`),
);

const planted = "FROM notifications WHERE id LIKE ? || '-chaos-%'";

/**
 * Describes this product to the chaos, soak, fuzz and isolation runs. In `@bff/chaos` the compiler checks
 * that it has the type `BrokenProduct`.
 */
export const brokenProduct = {
  tenants: [acme, globex] as const,
  composed: 'profile',
  flood: 'customer',
  serviceEnv: (delayMs: number) => ({ SLOW_DELAY_MS: String(delayMs) }),
  screensOf: (client: HttpClient, user: string): Readonly<Record<string, string>> =>
    client === 'partner' ? partnerPaths(user) : appPaths,
  agent,
  readFacts,
  contract: {
    expectedView,
    isRequired,
    wordsOf: Object.fromEntries([acme, globex].map(({ id, words }) => [id, words])),
    secretWords: ['-SSN-', '-INTERNAL '],
    counter: {
      screen: 'preferences',
      source: 'preferences',
      member: 'chaos_counter',
      holderOf: (client: Client, screen: string, view: Json): Json | undefined =>
        (screen === 'preferences' && client !== 'partner' ? view : view['preferences']) as Json | undefined,
    },
    marks: { list: 'notifications', member: 'read_at' },
  },
  counter: {
    service: 'user',
    read: ({ preferences }: Facts): unknown => preferences['chaos_counter'],
    forget: (databaseFile: string, user: string): number =>
      changeDatabase(databaseFile, "UPDATE preferences SET document = '{}' WHERE user_id = ?", user),
  },
  marks: {
    service: 'notification',
    screen: '/api/notifications?limit=50',
    writeOf: (id: string): string => `/api/notifications/${id}/read`,
    truthOf: (user: string): string => `/api/v1/users/${user}/notifications?limit=100`,
    plant: plantNotifications,
    forgetMarks: (databaseFile: string, user: string): number =>
      changeDatabase(
        databaseFile,
        `UPDATE notifications SET read_at = NULL WHERE id IN (SELECT id ${planted})`,
        user,
      ),
    forgetItems: (databaseFile: string, user: string): number =>
      changeDatabase(databaseFile, `DELETE ${planted}`, user),
  },
  isolation: {
    user: shared,
    pathsOf: (client: HttpClient) => (client === 'partner' ? sharedPartnerPaths : sharedAppPaths),
    fields: 'name,orders[*].note,notifications[*].body,preferences.theme,note',
    answer: plantedAnswer,
    document: {
      ownerOf: preferencesOf,
      member: 'theme',
      patchMember: 'note',
      pathOf: (client: HttpClient): string =>
        client === 'partner' ? `/v2/customers/${shared}/preferences` : '/api/preferences',
    },
    actionOf: (client: HttpClient): string =>
      client === 'partner' ? '/v2/notifications/n1/read' : '/api/notifications/n1/read',
    unknownOf: (client: HttpClient): string =>
      client === 'partner' ? '/v2/orders/unknown' : '/api/orders/unknown',
    page: { path: `/v2/customers/${shared}/orders?limit=5`, cursor: 'nextCursor' },
    agent: {
      reads: [...Object.values(agent.screens), tool('getOrder', { id: 'o1' })],
      document: agent.screens.preferences,
      change: agent.change,
      action: agent.mark('n1'),
      deletion: tool('removeNotification', { id: 'n1' }),
      receipt: tool('getWriteReceipt'),
      unknown: tool('getOrder', { id: 'unknown' }),
      page: { call: agent.screens.orders, cursor: 'next_cursor' },
    },
  },
  fuzz: {
    values: {
      fields: ['name', 'name,orders[*].id', 'orders[0]', 'preferences.theme', 'orders[*].items[*].sku'],
      id: ['acme-user-001-o1', 'acme-user-001-n1'],
      customerId: ['acme-user-001', 'alice'],
      orderId: ['acme-user-001-o1'],
      notificationId: ['acme-user-001-n1'],
    },
    bodies: [
      '{"theme":"dark"}',
      ...[tool('getOrder', { id: '../x' }), tool('listOrders', { limit: 0, fields: '[' })].map((params) =>
        JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
      ),
    ],
    words: ['orders', 'acme'],
  },
};
