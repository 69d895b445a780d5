import { type IncomingMessage } from 'node:http';
import { expect, test } from '@jest/globals';
import { routePattern } from '../../src/http/route-pattern.ts';

test.each([
  ['/api/orders/1', '/orders/:id'],
  ['/API/orders/1/?x=/a/b', '/orders/:id'],
  ['http://evil.example/api/orders/1', '/orders/:id'],
  ['HTTP://evil.example:80/api/orders/1?x=1', '/orders/:id'],
  ['/api/orders/1#/a/b', '/orders/:id'],
])('the first to ask for %s does not name the route for all others', (originalUrl, path) => {
  const route = { path };
  const request = { route, originalUrl } as unknown as IncomingMessage;
  expect(routePattern(request)).toBe('/api/orders/:id');
});
