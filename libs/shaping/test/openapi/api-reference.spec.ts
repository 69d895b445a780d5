import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import express from 'express';
import { apiReference, securityHeaders } from '../../src/index.ts';
import { swaggerUiFile } from '../../src/openapi/swagger-ui.ts';
import { decoded, serve, type HttpWorld } from '../wire/http-world.ts';

const document = { openapi: '3.1.0', info: { title: 'Thing "API"', version: '1.0.0' }, paths: {} };
let world: HttpWorld;
beforeAll(async () => {
  const app = express().disable('etag').use(securityHeaders());
  world = await serve(app.use(apiReference(document, { apiKeys: { page: '1' } })));
});
afterAll(() => world.close());

const get = (path: string, headers: Record<string, string> = {}) => world.exchange({ path, headers });
const assets = ['/docs/swagger-ui-bundle.js', '/docs/swagger-ui.css', '/docs/start.js'];

test('the API reference page loads only files of its own origin, and its policy allows no inline or evaluated script and no inline style', async () => {
  const answer = await get('/docs');
  expect(answer.status).toBe(200);
  expect(answer.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  });
  const html = decoded(answer);
  const named = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, target]) => target);
  expect(named.toSorted()).toEqual([...assets, '/openapi.json', 'data:,'].toSorted());
  expect(html).not.toMatch(/<script>|<style|style=|\son\w+=/);
});

test.each([...assets, '/docs', '/openapi.json'])(
  'the file %s of the API reference is served, and revalidated without a body',
  async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'cache-control': 'public, max-age=300',
      etag: expect.stringMatching(/^W\/"[\w-]{27}"$/),
    });
    const again = await get(path, { 'if-none-match': String(answer.headers['etag']) });
    expect([again.status, again.body.length]).toEqual([304, 0]);
  },
);

test.each(['zstd', 'br', 'gzip', 'identity'])(
  'a file of the Swagger UI package is sent in the coding %s',
  async (coding) => {
    const answer = await get('/docs/swagger-ui-bundle.js', { 'accept-encoding': coding });
    expect(answer.headers['content-encoding']).toBe(coding === 'identity' ? undefined : coding);
    expect(answer.headers).toMatchObject({
      vary: 'Accept-Encoding',
      'content-length': String(answer.body.length),
    });
    expect(decoded(answer)).toBe(readFileSync(swaggerUiFile('swagger-ui-bundle.js'), 'utf8'));
    if (coding !== 'identity') expect(answer.body.length).toBeLessThan(600_000);
  },
);

test('a file of the API reference is sent uncoded when the request has no-transform', async () => {
  const answer = await get('/docs/swagger-ui.css', {
    'accept-encoding': 'br',
    'cache-control': 'no-transform',
  });
  expect(answer.headers['content-encoding']).toBeUndefined();
});

test('the start script of the API reference requests no other origin, and sends the configured keys', async () => {
  const script = decoded(await get('/docs/start.js'));
  expect(script).toContain('document.title = "Thing \\"API\\"";');
  expect(script).toContain('"validatorUrl":null');
  expect(script).toContain('Object.entries({"page":"1"})');
  expect(script).not.toMatch(/https?:/);
});

test.each(['/docs/', '/docs/package.json', '/docs/../package.json', '/Docs'])(
  'the path %s, which is not part of the API reference, returns 404',
  async (path) => {
    expect((await get(path)).status).toBe(404);
  },
);
