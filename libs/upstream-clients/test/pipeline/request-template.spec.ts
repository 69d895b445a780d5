import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { absent } from '../../src/pipeline/outcomes.ts';
import { prepare } from '../../src/pipeline/prepare.ts';
import { compileRequest } from '../../src/pipeline/request-template.ts';
import { get, service } from '../../src/index.ts';
import { scopeOf } from '../world.ts';

const requestOf = compileRequest({
  path: '/api/owners/{id}/things',
  query: {
    limit: z.int(),
    cursor: z.string(),
    tag: z.array(z.string()),
    isNew: z.boolean(),
    'a&b': z.string(),
  },
  joined: {},
  headers: { 'Accept-Language': z.string(), 'X-Level': z.int() },
});

describe('path parameters', () => {
  test.each([
    ['u1', 'u1'],
    ['a/b', 'a%2Fb'],
    ['../admin', '..%2Fadmin'],
    ['..\\admin', '..%5Cadmin'],
    ['%2e%2e', '%252e%252e'],
    ['%2F', '%252F'],
    ['...', '...'],
    ['.a', '.a'],
    ['a?b=c#d', 'a%3Fb%3Dc%23d'],
    ['a b\r\nX-Tenant-ID: t2', 'a%20b%0D%0AX-Tenant-ID%3A%20t2'],
    ['\u0000', '%00'],
    ['{id}', '%7Bid%7D'],
    ['@evil.test', '%40evil.test'],
    ['//evil.test', '%2F%2Fevil.test'],
    ['ü', '%C3%BC'],
  ])('a path parameter of %j stays one path segment', (id, segment) => {
    const target = requestOf({ id })?.target;
    expect(target).toBe(`/api/owners/${segment}/things`);
    const { pathname, search, host } = new URL(target!, 'http://thing-service');
    expect([pathname.split('/').length, search, host]).toEqual([5, '', 'thing-service']);
  });

  test.each(['', '.', '..', '\ud800', 'a\udfff'])(
    'when a path parameter is %j, no request is created',
    (id) => {
      expect(requestOf({ id })).toBeUndefined();
    },
  );

  test('when a path parameter is missing, no request is created', () => {
    expect(requestOf({})).toBeUndefined();
  });

  test('in a path with two parameters, one of them at the end, both parameters are filled in', () => {
    const template = compileRequest({ path: '/a/{b}/c/{d}', query: {}, joined: {}, headers: {} });
    expect(template({ b: '1', d: '2/3' })?.target).toBe('/a/1/c/2%2F3');
  });
});

describe('query parameters', () => {
  test.each([
    [{}, ''],
    [{ limit: 5 }, '?limit=5'],
    [{ limit: 5, cursor: undefined }, '?limit=5'],
    [{ cursor: undefined, limit: 0 }, '?limit=0'],
    [{ limit: 5, cursor: 'a&limit=9#' }, '?limit=5&cursor=a%26limit%3D9%23'],
    [{ cursor: 'c=' }, '?cursor=c%3D'],
    [{ cursor: '' }, '?cursor='],
    [{ cursor: '\ud800' }, '?cursor=%EF%BF%BD'],
    [{ cursor: '😀' }, '?cursor=%F0%9F%98%80'],
    [{ cursor: 'c', limit: 1 }, '?limit=1&cursor=c'],
    [{ tag: ['a', 'b&c'] }, '?tag=a&tag=b%26c'],
    [{ tag: ['one'] }, '?tag=one'],
    [{ tag: [] }, ''],
    [{ isNew: true }, '?isNew=true'],
    [{ isNew: false, limit: 1 }, '?limit=1&isNew=false'],
    [{ 'a&b': 'c' }, '?a%26b=c'],
    [{ unknown: 'x' }, ''],
  ])('the query parameters %j are sent as "%s"', (query, text) => {
    expect(requestOf({ id: 'u', ...query })?.target).toBe(`/api/owners/u/things${text}`);
  });
});

test.each([
  [',', '?id=a,b%2Cc'],
  ['|', '?id=a%7Cb%2Cc'],
  [' ', '?id=a%20b%2Cc'],
] as const)(
  'a query parameter that is an array with the delimiter "%s" is sent as one value',
  (delimiter, query) => {
    const template = compileRequest({
      path: '/',
      query: { id: z.array(z.string()) },
      joined: { id: delimiter },
      headers: {},
    });
    expect(template({ id: ['a', 'b,c'] })?.target).toBe(`/${query}`);
    expect(template({ id: [] })?.target).toBe('/');
  },
);

test('the default value of a query or header parameter is sent when the caller gives no value', () => {
  const [query, headers] = [{ size: z.int().default(10) }, { 'X-Version': z.literal('2').default('2') }];
  const template = compileRequest({ path: '/', query, joined: {}, headers });
  expect(template({})).toEqual({ target: '/?size=10', headers: ['X-Version', '2'] });
  expect(template({ size: 5 })).toEqual({ target: '/?size=5', headers: ['X-Version', '2'] });
});

describe('header parameters', () => {
  test.each([
    [{}, []],
    [{ 'X-Level': undefined }, []],
    [{ 'Accept-Language': 'de' }, ['Accept-Language', 'de']],
    [{ 'X-Level': 3, 'Accept-Language': 'de' }, ['Accept-Language', 'de', 'X-Level', '3']],
    [{ 'Accept-Language': 'de, en;q=0.5' }, ['Accept-Language', 'de, en;q=0.5']],
    [{ 'Accept-Language': 'a\r\nX-Tenant-ID: t2' }, ['Accept-Language', 'a%0D%0AX-Tenant-ID: t2']],
    [{ 'Accept-Language': '\u0000\t\u007f' }, ['Accept-Language', '%00%09%7F']],
    [{ 'Accept-Language': ' ü ' }, ['Accept-Language', '%C3%BC']],
    [{ 'Accept-Language': '😀' }, ['Accept-Language', '%F0%9F%98%80']],
    [{ 'Accept-Language': 'a\ud800' }, ['Accept-Language', 'a%EF%BF%BD']],
  ])('the header parameters %j are sent as %j', (input, headers) => {
    expect(requestOf({ id: 'u', ...input })?.headers).toEqual(headers);
  });

  test('a header parameter of any text is one line of visible ASCII', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const [name, field] = requestOf({ id: 'u', 'Accept-Language': value })?.headers ?? [];
        expect(name).toBe('Accept-Language');
        expect(field).toMatch(/^(?:[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)?$/);
      }),
    );
  });
});

describe('the key by which cache and single flight identify a read', () => {
  const path = '/things/{id}';
  const response = z.object({});
  const declared = (name: string) =>
    service(
      name,
      { address: 'http://127.0.0.1:1' },
      {
        plain: get(path, { response }),
        withHeader: get(path, { headers: { 'X-Level': z.string().optional() }, response }),
      },
    );
  const registered = { thing: declared('thing'), other: declared('other') };

  const part = fc.string({
    unit: fc.constantFrom('a', ' ', '/', '-', 'thing', 'other', '"', '["X-Level","', '"]'),
    minLength: 1,
    maxLength: 4,
  });
  const calls = fc.record({
    tenant: fc.constantFrom('aa', 'a-a'),
    identityKey: part,
    name: fc.constantFrom('thing' as const, 'other' as const),
    id: part,
    header: fc.option(part, { nil: undefined }),
  });

  test('A6 T1 two reads have the same key for cache and single flight only if tenant, identity, service, target and header fields are the same', async () => {
    const keyOf = async ({
      tenant,
      identityKey,
      name,
      id,
      header,
    }: ReturnType<typeof calls.generate>['value']) => {
      let key = '';
      let sent = '';
      const { plain, withHeader } = registered[name];
      const call = prepare(header === undefined ? plain : withHeader, async (request) => {
        key = request.key;
        sent = JSON.stringify([tenant, identityKey, name, request.target, request.headers]);
        return absent;
      });
      const scope = scopeOf({ tenant: tenant as never, identityKey });
      await call(scope, { id, 'X-Level': header });
      return { key, sent };
    };
    await fc.assert(
      fc.asyncProperty(calls, calls, async (one, another) => {
        const [first, second] = [await keyOf(one), await keyOf(another)];
        expect(first.key === second.key).toBe(first.sent === second.sent);
      }),
      { numRuns: 1_000 },
    );
  });

  test('A6 T1 the read of an identity whose name imitates a header parameter does not have the key of another identity', async () => {
    const keys = new Set<string>();
    const call = prepare(registered.thing.withHeader, async ({ key }) => (keys.add(key), absent));
    await call(scopeOf({ identityKey: 'u1' }), { id: 'a', 'X-Level': 'x thing /things/a ["X-Level","y' });
    await call(scopeOf({ identityKey: 'u1 thing /things/a ["X-Level","x' }), { id: 'a', 'X-Level': 'y' });
    expect(keys.size).toBe(2);
  });
});
