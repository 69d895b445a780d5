import { readFileSync } from 'node:fs';
import { signalsPath } from '@bff/auth-delegation';
import { problemTypes } from '@bff/service-kit';
import type { JsonNode } from '@bff/shaping';
import { breakingChanges, lintOpenApi, openApiErrors } from '@bff/testbed';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openApiDocument } from '../../src/contract/openapi.ts';
import { versions } from '../../src/contract/versions.ts';
import { startRig, type Rig } from '../rig.ts';

/* eslint-disable @typescript-eslint/no-explicit-any -- documents are changed at will here */
const current: any = JSON.parse(JSON.stringify(openApiDocument()));
const snapshot: JsonNode = JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8'));

test('T6 the OpenAPI document has no breaking change from the published openapi.json', () => {
  expect(breakingChanges(snapshot, current)).toEqual([]);
});

test('F50 the OpenAPI 3.1 document and its default values are valid', async () => {
  expect(await openApiErrors(JSON.stringify(current))).toEqual([]);
});

test('the OpenAPI document passes the Redocly rules', async () => {
  expect(await lintOpenApi(JSON.stringify(current))).toEqual([]);
}, 30_000);

test('the OpenAPI document has no unused component and no dangling reference', () => {
  const text = JSON.stringify(current);
  const referred = new Set([...text.matchAll(/"\$ref":"#\/components\/([^"]+)"/g)].map(([, name]) => name));
  const { schemas, responses, headers } = current.components;
  const there = Object.entries({ schemas, responses, headers }).flatMap(([kind, all]) =>
    Object.keys(all).map((name) => `${kind}/${name}`),
  );
  expect([...referred].sort()).toEqual(there.sort());
  const ids = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

describe('served document', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(() => rig.close());
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(rig.service.url + path, { headers });

  test('/openapi.json is public and has a validator', async () => {
    const answer = await get('/openapi.json');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
    expect(await answer.json()).toEqual(current);
    const again = await get('/openapi.json', { 'If-None-Match': answer.headers.get('etag')! });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  test('every operation of the OpenAPI document exists and requires a token, except the signals endpoint without a configured transmitter', async () => {
    for (const [path, item] of Object.entries<object>(current.paths))
      for (const method of Object.keys(item)) {
        const { status } = await fetch(rig.service.url + path.replace(/\{\w+\}/g, 'x'), {
          method: method.toUpperCase(),
        });
        expect([method, path, status]).toEqual([method, path, path === signalsPath ? 404 : 401]);
      }
  });

  test('every operation answers with a status and a media type of the OpenAPI document, errors included', async () => {
    for (const [path, item] of Object.entries<any>(current.paths))
      for (const [method, operation] of Object.entries<any>(item)) {
        const { status, headers } = await rig.ask(path.replace(/\{\w+\}/g, 'nobody'), {
          method: method.toUpperCase(),
        });
        expect({ path, status, told: Object.keys(operation.responses) }).toEqual({
          path,
          status,
          told: expect.arrayContaining([String(status)]),
        });
        expect(headers.get('content-type')).toBe(
          status === 200 ? 'application/json' : 'application/problem+json',
        );
      }
  });

  test('the type of a problem is the URL of its description', async () => {
    const { body } = await rig.ask('/nothing');
    const answer = await get(body.type);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(await answer.text()).toMatch(/^Not found\n\nProblem type \/problems\/not-found, status 404\./);
    expect((await get('/problems/toString')).status).toBe(404);
  });

  test('the description in the OpenAPI document lists every problem type and every deprecated version', () => {
    for (const type of Object.keys(problemTypes))
      expect(current.info.description).toContain(`\`/problems/${type}\``);
    for (const { name, deprecated } of versions)
      if (deprecated)
        expect(current.info.description).toContain(`**Version ${name.slice(1)}** has been deprecated since`);
  });

  test('/docs shows the API reference and runs no scripts except its own files', async () => {
    const answer = await get('/docs');
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self';");
    expect((await get('/docs/swagger-ui-bundle.js')).status).toBe(200);
  });
});
