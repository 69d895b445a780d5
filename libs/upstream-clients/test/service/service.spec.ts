import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { del, get, info, patch, post, put, service } from '../../src/index.ts';

const address = 'http://127.0.0.1:1';
const response = z.object({});

describe('a declared service', () => {
  test('a declared service has its operations, with default values for the settings that the declaration omits', () => {
    const thing = service('thing', { address }, { read: get('/things/{thingId}', { response }) });
    expect(Object.keys(thing)).toEqual(['read']);
    expect(thing.read).toMatchObject({
      service: 'thing',
      name: 'read',
      method: 'GET',
      path: '/things/{thingId}',
      contentType: 'application/json',
      budgetMs: 2_000,
      breaker: {
        consecutiveFailures: 5,
        openMs: 500,
        maxOpenMs: 2_500,
        volumeThreshold: 20,
        errorRate: 0.5,
        windowMs: 10_000,
        probes: 3,
        successesToClose: 3,
      },
    });
    expect(thing[info]).toEqual({
      name: 'thing',
      address,
      audience: 'thing-service',
      bulkhead: {},
      operations: { read: thing.read },
    });
  });

  test('the budget and breaker of a service apply to all its operations, and an operation can change single settings', () => {
    const { plain, own } = service(
      'thing',
      { address, budgetMs: 500, breaker: { consecutiveFailures: 3, openMs: 10_000 } },
      {
        plain: get('/a', { response }),
        own: get('/b', { response, budgetMs: 900, breaker: { openMs: 1_000, probes: 1 } }),
      },
    );
    expect([plain.budgetMs, own.budgetMs]).toEqual([500, 900]);
    expect(plain.breaker).toMatchObject({
      consecutiveFailures: 3,
      openMs: 10_000,
      maxOpenMs: 10_000,
      probes: 3,
    });
    expect(own.breaker).toMatchObject({ consecutiveFailures: 3, openMs: 1_000, maxOpenMs: 2_500, probes: 1 });
  });

  test('each operation of a service has the HTTP method of the function that declared the operation', () => {
    const thing = service(
      'thing',
      { address },
      { a: get('/a', { response }), b: post('/a'), c: put('/a'), d: patch('/a'), e: del('/a') },
    );
    expect(Object.values(thing).map(({ method }) => method)).toEqual([
      'GET',
      'POST',
      'PUT',
      'PATCH',
      'DELETE',
    ]);
  });

  test('a declared service and its operations are frozen', () => {
    const thing = service('thing', { address }, { read: get('/a', { response }) });
    expect(Object.isFrozen(thing)).toBe(true);
    expect(Object.isFrozen(thing.read)).toBe(true);
  });
});

describe('a service declaration that is rejected', () => {
  const one = { read: get('/things/{thingId}', { response }) };

  test.each(['', 'Thing', 'flightStatus', 'flight_status', '-a', 'a-', 'a--b', '1a', 'a b', 'ä', 'a/b'])(
    'declaring a service with the name %j throws',
    (name) => {
      expect(() => service(name, { address }, one)).toThrow(TypeError);
      expect(() => service(name, { address }, one)).toThrow(
        `service "${name}": a name is lowercase words joined by hyphens`,
      );
    },
  );

  test.each(['', 'Read', 'read-all', 'read_all', '1a', 'a b', 'a.b'])(
    'declaring a service with an operation named %j throws',
    (name) => {
      const attempt = () => service('thing', { address }, { [name]: one.read });
      expect(attempt).toThrow(TypeError);
      expect(attempt).toThrow(`service "thing": "${name}" is not the name of an operation`);
    },
  );

  test('declaring a service without an operation throws', () => {
    expect(() => service('thing', { address }, {})).toThrow('service "thing": it has no operation');
  });

  test('declaring a read without a response schema throws, and declaring a write without one does not', () => {
    expect(() => service('thing', { address }, { read: get('/a') })).toThrow(
      'service "thing": operation "read": a read needs a response schema',
    );
    expect(service('thing', { address }, { remove: del('/a') }).remove.response).toBeUndefined();
  });

  test('declaring a read with a body throws, because cache and single flight do not compare bodies', () => {
    expect(() => service('thing', { address }, { read: get('/a', { response, body: z.string() }) })).toThrow(
      'service "thing": operation "read": a read has no body',
    );
  });

  test.each<[string, () => ReturnType<typeof get>, string]>([
    ['two path parameters', () => get('/a/{id}/b/{id}', { response }), 'id'],
    ['a path and a query parameter', () => get('/a/{id}', { response, query: { id: z.string() } }), 'id'],
    ['a path and a header parameter', () => get('/a/{id}', { response, headers: { id: z.string() } }), 'id'],
    [
      'a query and a header parameter',
      () => get('/a', { response, query: { x: z.int() }, headers: { x: z.int() } }),
      'x',
    ],
  ])('declaring a service in which %s have the same name throws', (_, declare, name) => {
    expect(() => service('thing', { address }, { read: declare() })).toThrow(
      `two parameters have the name "${name}"`,
    );
  });

  test.each(['constructor', '__proto__', 'toString'])(
    'declaring a service with a parameter "%s" throws, because every object has a member of that name',
    (name) => {
      const read = get('/a', { response, query: { [name]: z.string() } });
      expect(() => service('thing', { address }, { read })).toThrow(
        `no parameter can be named "${name}", because every object has it`,
      );
    },
  );

  test('declaring a service throws when the names of two of its header parameters differ only in case', () => {
    const read = get('/a', { response, headers: { 'X-Level': z.int(), 'x-level': z.int() } });
    expect(() => service('thing', { address }, { read })).toThrow(
      'two parameters are the header field "x-level"',
    );
  });

  test.each([
    'Authorization',
    'authorization',
    'X-Tenant-ID',
    'X-Internal-BFF',
    'traceparent',
    'X-Request-ID',
    'Cookie',
    'Host',
    'X-Request-Timeout-Ms',
    'Accept',
    'Accept-Encoding',
    'Content-Type',
    'Content-Length',
    'Connection',
    'Keep-Alive',
    'Transfer-Encoding',
    'If-Match',
    'If-None-Match',
    'If-Modified-Since',
    'Idempotency-Key',
    'Expect',
    'Upgrade',
  ])('W13 declaring a header parameter %s throws, because the pipeline sets that field', (name) => {
    const read = get('/a', { response, headers: { [name]: z.string() } });
    expect(() => service('thing', { address }, { read })).toThrow(
      `service "thing": operation "read": /a: the header field "${name}" is set by the pipeline`,
    );
  });

  test.each(['', 'a b', 'a:b', 'a\r\nb', 'ä', '{a}'])(
    'declaring a header parameter with the name %j throws',
    (name) => {
      const read = get('/a', { response, headers: { [name]: z.string() } });
      expect(() => service('thing', { address }, { read })).toThrow('is not the name of a header field');
    },
  );

  test.each([
    'a',
    '/a b',
    '/a\r\nb',
    '/a?b=c',
    '/a#b',
    '/ä',
    '/{',
    '/{a',
    '/a}',
    '/{}',
    '/{a b}',
    '/{1}',
    '/{{a}}',
    '/%',
    '/%0g',
  ])('declaring an operation with the path %j throws', (path) => {
    const read = get(path as '/', { response });
    expect(() => service('thing', { address }, { read })).toThrow('is not a path with names in braces');
  });

  test.each(['/', '/a/', '/a.b/{id}.json', '/a:batch', '/a%20b', "/~!$&'()*+,;=:@-._"])(
    'an operation with the path %j is accepted',
    (path) => {
      const read = get(path as '/', { response });
      expect(service('thing', { address }, { read }).read.path).toBe(path);
    },
  );

  test('declaring an invalid breaker throws an error that names operation and setting', () => {
    const attempt = () => service('thing', { address, breaker: { probes: 0 } }, one);
    expect(attempt).toThrow(TypeError);
    expect(attempt).toThrow(/circuit breaker thing\.read: probes/);
  });
});
