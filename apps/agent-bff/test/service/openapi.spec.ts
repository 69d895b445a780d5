import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { breakingChanges, lintOpenApi, openApiErrors } from '@bff/testbed';
import { openApiDocument } from '../../src/contract/openapi.ts';
import { tools } from '../../src/tools.ts';

const current = JSON.parse(JSON.stringify(openApiDocument()));
const snapshot = JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8'));

test('F50 the OpenAPI 3.1 document of agent-bff is valid and passes the Redocly rules', async () => {
  expect(await openApiErrors(JSON.stringify(current))).toEqual([]);
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
});

test('the OpenAPI document has no breaking change from the published openapi.json', () => {
  expect(breakingChanges(snapshot, current)).toEqual([]);
});

test('the published openapi.json is current, and the document lists every tool with its scopes', () => {
  expect(snapshot).toEqual(current);
  const listed = current['x-tools'] as { name: string; scopes: string[] }[];
  const writes = tools.some(({ annotations }) => !annotations.readOnlyHint);
  expect(listed.map(({ name, scopes }) => [name, scopes])).toEqual([
    ...tools.map(({ name, scopes }) => [name, scopes]),
    ...(writes ? [['getWriteReceipt', []]] : []),
  ]);
});
