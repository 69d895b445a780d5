import type { IncomingMessage } from 'node:http';
import { expect, test } from '@jest/globals';
import { routePattern } from '../../src/http/route-pattern.ts';

test.each([
  ['/api/things/1', '/things/:id'],
  ['/API/things/1/?x=/a/b', '/things/:id'],
  ['http://evil.example/api/things/1', '/things/:id'],
  ['HTTP://evil.example:80/api/things/1?x=1', '/things/:id'],
  ['/api/things/1#/a/b', '/things/:id'],
])(
  'the route of a request is reported as its registered pattern, even if the first request target is %s',
  (originalUrl, path) => {
    const route = { path };
    const request = { route, originalUrl } as unknown as IncomingMessage;
    expect(routePattern(request)).toBe('/api/things/:id');
  },
);
