import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readConfig } from '../../src/config.ts';
import { anyScreen } from '../any-screen.ts';
import { startRig, type Rig } from '../rig.ts';

const webview = 'capacitor://localhost';
const tv = 'https://tv.example';
let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ CORS_ORIGINS: `${webview}, ${tv}` });
});
afterAll(() => rig.close());

const call = (path: string, init: RequestInit = {}) => fetch(rig.url + path, init);
const preflight = (origin: string) =>
  call(anyScreen, {
    method: 'OPTIONS',
    headers: {
      Origin: origin,
      'Access-Control-Request-Method': 'PATCH',
      'Access-Control-Request-Headers': 'authorization,if-match',
    },
  });

test.each([webview, tv])(
  'F51 answers the preflight of the listed origin %s without a token',
  async (origin) => {
    const { status, headers } = await preflight(origin);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(origin);
    expect(headers.get('access-control-allow-methods')).toContain('PATCH');
    expect(headers.get('access-control-allow-headers')).toBe('authorization,if-match');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    expect(headers.get('vary')).toContain('Origin');
  },
);

test('F51 scripts of a listed origin may read answers, errors and the exposed header fields', async () => {
  for (const headers of [{ Origin: tv, ...(await rig.as('alice')) }, { Origin: tv }]) {
    const answer = await call(anyScreen, { headers });
    expect([200, 401]).toContain(answer.status);
    expect(answer.headers.get('access-control-allow-origin')).toBe(tv);
    expect(answer.headers.get('access-control-expose-headers')).toContain('BFF-Degraded');
    expect(answer.headers.get('vary')).toContain('Origin');
  }
});

test.each(['https://tv.example.evil', 'http://tv.example', 'https://sub.tv.example', 'null'])(
  'W8 F51 the unlisted origin %s gets no CORS header fields',
  async (origin) => {
    expect((await preflight(origin)).status).toBe(401);
    const { headers } = await call(anyScreen, { headers: { Origin: origin, ...(await rig.as('alice')) } });
    expect(headers.get('access-control-allow-origin')).toBeNull();
  },
);

test.each(['/openapi.json', '/.well-known/oauth-authorization-server'])(
  'F51 %s is readable by pages of every origin',
  async (path) => {
    const { status, headers } = await call(path, { headers: { Origin: 'https://portal.example' } });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([200, '*']);
  },
);

test('F63 a 304 for a public document has no Content-Type', async () => {
  const { headers } = await call('/openapi.json');
  const again = await call('/openapi.json', { headers: { 'If-None-Match': headers.get('etag')! } });
  expect([again.status, again.headers.get('content-type'), again.headers.get('etag')]).toEqual([
    304,
    null,
    headers.get('etag'),
  ]);
});

test.each([
  '*',
  'https://tv.example/',
  'https://tv.example/app',
  'tv.example',
  'https://*.example',
  'null',
  'https://TV.example',
])('F51 rejects CORS_ORIGINS=%s at start', (origins) => {
  expect(() => readConfig({ CORS_ORIGINS: origins })).toThrow(/CORS_ORIGINS must be exact origins/);
});
