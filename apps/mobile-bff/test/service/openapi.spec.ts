import { readFileSync } from 'node:fs';
import { breakingChanges, clientTypes, lintOpenApi, openApiErrors } from '@bff/testbed';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { deviceAnswer, metadataAnswer, oauthError, tokenAnswer } from '../../src/contract/oauth-answers.ts';
import { openApiDocument } from '../../src/contract/openapi.ts';
import { startRig, type Rig } from '../rig.ts';

/* eslint-disable @typescript-eslint/no-explicit-any -- the document is walked here */
const current: any = JSON.parse(JSON.stringify(openApiDocument()));
const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const operations = Object.entries<any>(current.paths).flatMap(([path, item]) =>
  Object.entries<any>(item).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
);

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

describe('OpenAPI document', () => {
  test('T6 the OpenAPI document has no breaking change from the published openapi.json', () => {
    expect(breakingChanges(JSON.parse(read('../../openapi.json')), current)).toEqual([]);
  });

  test('the committed openapi.json and client types are current (`npx nx sync` updates them)', async () => {
    expect(JSON.parse(read('../../openapi.json'))).toEqual(current);
    expect(read('../../client/schema.ts')).toBe(await clientTypes(JSON.stringify(current)));
  }, 30_000);

  test('F50 the OpenAPI 3.1 document and its default values are valid', async () => {
    expect(await openApiErrors(JSON.stringify(current))).toEqual([]);
  });

  test('the OpenAPI document passes the Redocly rules', async () => {
    expect(await lintOpenApi(JSON.stringify(current))).toEqual([]);
  }, 30_000);
});

test('/docs shows the API reference and runs no scripts except its own files', async () => {
  const answer = await fetch(`${rig.service.url}/docs`);
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self';");
  expect((await fetch(`${rig.service.url}/docs/swagger-ui-bundle.js`)).status).toBe(200);
});

test('/openapi.json is public, compressed, and has a validator', async () => {
  const answer = await fetch(`${rig.service.url}/openapi.json`, { headers: { 'Accept-Encoding': 'br' } });
  expect(answer.headers.get('content-encoding')).toBe('br');
  expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
  expect(await answer.json()).toEqual(current);
  const again = await fetch(answer.url, { headers: { 'If-None-Match': answer.headers.get('etag')! } });
  expect([again.status, await again.text()]).toEqual([304, '']);
});

test.each(operations)(
  '$method $path answers with a status and a media type of the OpenAPI document',
  async ({ path, method, operation }) => {
    const url = rig.service.url + path.replaceAll(/\{\w+\}/g, 'nobody');
    const seen = [];
    for (const headers of [{}, await rig.as('bob')] as Record<string, string>[]) {
      const answer = await fetch(url, { method, redirect: 'manual', headers });
      const { content = {} } = resolved(operation.responses[answer.status] ?? {});
      const [type = null] = (answer.headers.get('content-type') ?? '').split(';').filter(Boolean);
      seen.push(answer.status);
      expect({ status: answer.status, told: Object.keys(operation.responses) }).toMatchObject({
        told: expect.arrayContaining([String(answer.status)]),
      });
      expect([...Object.keys(content), null]).toContain(type);
    }
    if (path.startsWith('/api/')) expect(seen[0]).toBe(401);
  },
);
const resolved = (node: any): any =>
  node.$ref ? current.components.responses[node.$ref.split('/').at(-1)] : node;

test('the authorization server answers as its schemas describe', async () => {
  const post = async (path: string, form: Record<string, string>) => {
    const answer = await fetch(rig.url + path, { method: 'POST', body: new URLSearchParams(form) });
    return answer.json();
  };
  const metadata = await fetch(`${rig.url}/.well-known/oauth-authorization-server`);
  expect(metadataAnswer.parse(await metadata.json())['issuer']).toBe(rig.url);
  const device = deviceAnswer.parse(await post('/oauth/device_authorization', { client_id: 'demo-tv' }));
  const pending = await post('/oauth/token', {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    client_id: 'demo-tv',
    device_code: device.device_code,
  });
  expect(oauthError.parse(pending).error).toBe('authorization_pending');
  expect(() => tokenAnswer.parse(pending)).toThrow();
});
