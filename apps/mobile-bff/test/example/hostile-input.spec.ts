import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { startRig, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

type Method = 'get' | 'patch';
async function ask(method: Method, path: string, headers: Record<string, string> = {}) {
  const { Authorization } = await rig.as('alice');
  const client = request(rig.service.url);
  return client[method](path).set({ Authorization, ...headers });
}

/**
 * Returns the acceptable statuses. An oversized URL may be answered with 431 instead of 414: Node reports
 * only its last packet, which may lack the request line, so that it looks like oversized header fields.
 */
const statusesOf = (status: number): readonly number[] => (status === 414 ? [414, 431] : [status]);

describe('H8 oversized input', () => {
  const patch = { method: 'patch', path: '/api/preferences' };
  test.each([
    ['10,000 paths in `fields`', 414, { path: `/api/home?fields=${Array(10_000).fill('a').join(',')}` }],
    ['Accept-Encoding of 8 KB', 431, { path: '/api/home', accept: 'gzip,'.repeat(1_638) }],
    ['a cursor of 10 KB', 400, { path: `/api/orders?cursor=${'A'.repeat(10_240)}` }],
    ['a body of 10 MB', 413, { ...patch, body: `{"a":"${'x'.repeat(10_485_760)}"}` }],
    [
      'a JSON body nested 100,000 deep',
      413,
      { ...patch, body: '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000) },
    ],
    ['a JSON body nested 8,000 deep', 400, { ...patch, body: '['.repeat(8_000) + ']'.repeat(8_000) }],
  ] as [string, number, { method?: Method; path: string; accept?: string; body?: string }][])(
    'a request with %s gets problem details with status %i, and the next request is served',
    async (_, status, { method = 'get', path, accept = 'identity', body }) => {
      const type: Record<string, string> = body === undefined ? {} : { 'Content-Type': 'application/json' };
      const headers = { ...(await rig.as('alice')), 'Accept-Encoding': accept, 'If-Match': '*', ...type };
      const client = request(rig.service.url);
      const answer = await client[method](path).set(headers).send(body);
      expect(statusesOf(status)).toContain(answer.status);
      expect(answer.headers['content-type']).toBe('application/problem+json');
      expect((await ask('get', '/api/home')).status).toBe(200);
    },
  );
});
