import { expect, test } from '@jest/globals';
import { compilePath } from '../../src/pipeline/path-template.ts';

const pathOf = compilePath('/api/v1/users/{id}/orders');

test.each([
  ['alice', 'alice'],
  ['a/b', 'a%2Fb'],
  ['../admin', '..%2Fadmin'],
  ['..\\admin', '..%5Cadmin'],
  ['%2e%2e', '%252e%252e'],
  ['%2F', '%252F'],
  ['...', '...'],
  ['.a', '.a'],
  ['a?b=c#d', 'a%3Fb%3Dc%23d'],
  ['a b\r\nX-Tenant-ID: globex', 'a%20b%0D%0AX-Tenant-ID%3A%20globex'],
  ['\u0000', '%00'],
  ['{id}', '%7Bid%7D'],
  ['@evil.test', '%40evil.test'],
  ['//evil.test', '%2F%2Fevil.test'],
  ['ü', '%C3%BC'],
])('the id %j stays one segment', (id, segment) => {
  const path = pathOf({ params: { id } });
  expect(path).toBe(`/api/v1/users/${segment}/orders`);
  const { pathname, search, host } = new URL(path!, 'http://user-service');
  expect([pathname.split('/').length, search, host]).toEqual([6, '', 'user-service']);
});

test.each(['', '.', '..', '\ud800', 'a\udfff'])('nothing is named %j', (id) => {
  expect(pathOf({ params: { id } })).toBeUndefined();
});

test('a parameter that is missing names nothing', () => {
  expect(pathOf({ params: {} })).toBeUndefined();
});

test('several parameters, one at the end', () => {
  const path = compilePath('/a/{b}/c/{d}')({ params: { b: '1', d: '2/3' } });
  expect(path).toBe('/a/1/c/2%2F3');
});

test.each([
  [{}, ''],
  [{ limit: 5 }, '?limit=5'],
  [{ limit: 5, cursor: undefined }, '?limit=5'],
  [{ cursor: undefined, limit: 0 }, '?limit=0'],
  [{ limit: 5, cursor: 'a&limit=9#' }, '?limit=5&cursor=a%26limit%3D9%23'],
  [{ cursor: '\ud800' }, '?cursor=%EF%BF%BD'],
])('the query %j', (query, text) => {
  expect(pathOf({ params: { id: 'u' }, query })).toBe(`/api/v1/users/u/orders${text}`);
});
