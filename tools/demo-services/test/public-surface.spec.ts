import { expect, test } from '@jest/globals';
import * as surface from '../src/index.ts';

test('the public names', () => {
  expect(Object.keys(surface).sort()).toEqual([
    'demoRoutes', 'developmentSecret', 'faultKinds', 'serviceNames', 'startDemoService', 'startDemoWorld',
  ]); // prettier-ignore
});

test('the routes are those of the contract', () => {
  expect(surface.demoRoutes).toEqual({
    'user-service': ['/api/v1/users/:id', '/api/v1/users/:id/preferences'],
    'order-service': ['/api/v1/users/:id/orders', '/api/v1/orders/:id'],
    'notification-service': [
      '/api/v1/users/:id/unread_count',
      '/api/v1/users/:id/notifications',
      '/api/v1/notifications/:id/read',
    ],
    'loyalty-service': ['/api/v1/users/:id/tier'],
  });
});
