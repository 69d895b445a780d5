import { afterEach, expect, test } from '@jest/globals';
import * as surface from '../src/index.ts';
import { createWorld } from './world.ts';

const world = createWorld();
afterEach(world.end);

test('the names that apps may use', () => {
  expect(Object.keys(surface).sort()).toEqual([
    'createUpstreamClients', 'upstreamSettings', 'upstreamSettingsFaults', 'upstreamsFrom',
  ]); // prettier-ignore
});

test('the clients, their operations, and a breaker for each', () => {
  const { clients } = world.clients('http://127.0.0.1:1');
  const { breakers, close, ...services } = clients;
  expect([typeof breakers, typeof close]).toEqual(['function', 'function']);
  const operations = Object.entries(services).flatMap(([upstream, client]) =>
    Object.keys(client).map((operation) => ({ upstream, operation, state: 'closed' })),
  );
  expect(operations.map(({ upstream, operation }) => `${upstream}.${operation}`)).toEqual([
    'user.profile', 'user.preferences', 'user.patchPreferences', 'order.recent', 'order.byId',
    'notification.unreadCount', 'notification.list', 'notification.markRead', 'loyalty.tier',
  ]); // prettier-ignore
  expect(clients.breakers()).toEqual(operations);
});
