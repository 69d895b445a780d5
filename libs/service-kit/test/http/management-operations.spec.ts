import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Service } from '../../src/index.ts';
import { startTestService } from '../process/start-test-service.ts';

const token = 'a-token-of-operators-with-32-characters';
const json = { 'Content-Type': 'application/json' };
const bodies: unknown[] = [];
let service: Service;
let closed: Service;
beforeAll(async () => {
  const byPath = {
    '/things/end': async (body: unknown) => {
      bodies.push(body);
      if (body === 'throw') throw new Error('a secret');
      return [200, { done: true }] as const;
    },
  };
  const app = (_request: unknown, response: { end(): void }) => response.end();
  service = await startTestService({ app, operations: { token, tokenSetting: 'THE_TOKEN', byPath } });
  closed = await startTestService({
    app,
    operations: { token: undefined, tokenSetting: 'THE_TOKEN', byPath },
  });
});
afterAll(() => Promise.all([service.stop(), closed.stop()]));
beforeEach(() => void bodies.splice(0));

async function post(headers: Record<string, string>, body = '{}', url = service.managementUrl) {
  const answer = await fetch(`${url}/things/end`, { method: 'POST', headers, body });
  return [answer.status, await answer.text()] as const;
}
const bearer = { Authorization: `Bearer ${token}` };

test('a management operation is performed for an operator with the token', async () => {
  expect(await post({ ...bearer, ...json }, '{"a":1}')).toEqual([200, '{"done":true}']);
  expect(bodies).toEqual([{ a: 1 }]);
});

test.each([
  ['a call without a token', {}, '{}', 401],
  ['a call with another token', { Authorization: `Bearer ${token}x` }, '{}', 401],
  ['a call with another authentication scheme', { Authorization: `Basic ${btoa(token)}` }, '{}', 401],
  ['a body of another media type', { ...bearer, 'Content-Type': 'text/plain' }, '{}', 415],
  ['a body that is not JSON', bearer, '{', 400],
  ['an empty body', bearer, '', 400],
  ['a body of more than 16 KiB', bearer, JSON.stringify('x'.repeat(20_000)), 413],
])('a management operation refuses %s, and does nothing', async (_, headers, body, status) => {
  expect((await post({ ...json, ...(headers as Record<string, string>) }, body))[0]).toBe(status);
  expect(bodies).toEqual([]);
});

test('when the settings have no token, every call of a management operation is answered with a 403 that names the setting', async () => {
  expect(await post({ ...bearer, ...json }, '{}', closed.managementUrl)).toEqual([
    403,
    '{"error":"THE_TOKEN is not set"}',
  ]);
  expect(bodies).toEqual([]);
});

test('a management operation answers GET with 405, and the public port does not serve the operation', async () => {
  const got = await fetch(`${service.managementUrl}/things/end`);
  expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST']);
  await fetch(`${service.url}/things/end`, { method: 'POST', headers: { ...bearer, ...json }, body: '{}' });
  expect(bodies).toEqual([]);
});

test('a management operation that fails is answered with 500, without details', async () => {
  expect(await post({ ...bearer, ...json }, '"throw"')).toEqual([500, '']);
});
