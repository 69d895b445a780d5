import { readFileSync } from 'node:fs';
import { problemTypes } from '@bff/service-kit';
import { type JsonNode } from '@bff/shaping';
import { breakingChanges } from '@bff/testbed';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openApiDocument } from '../../src/contract/openapi.ts';
import { startRig, type Rig } from '../rig.ts';

/* eslint-disable @typescript-eslint/no-explicit-any -- documents are changed at will here */
const current: any = JSON.parse(JSON.stringify(openApiDocument()));
const snapshot: JsonNode = JSON.parse(readFileSync(new URL('../../openapi.json', import.meta.url), 'utf8'));

const changed = (change: (document: any) => void): JsonNode => {
  const document = structuredClone(current);
  change(document);
  return document;
};
const orders = (document: any) => document.paths['/v2/customers/{customerId}/orders'];
const preferences = (document: any) => document.paths['/v2/customers/{customerId}/preferences'].patch;
const schema = (document: any, name: string) => document.components.schemas[name];

test('T6 the contract has not changed in a way that breaks its callers since its snapshot', () => {
  // After an additive change: node src/contract/print-openapi.ts > openapi.json
  expect(breakingChanges(snapshot, current)).toEqual([]);
});

describe('T6 an additive change passes', () => {
  test.each<[string, (document: any) => void]>([
    ['nothing', () => undefined],
    ['a path', (it) => (it.paths['/v2/invoices'] = orders(it))],
    ['an optional parameter', (it) => orders(it).get.parameters.push({ name: 'since', in: 'query', schema: { type: 'string' } })],
    ['a member of an answer', (it) => (schema(it, 'Order').properties.carrier = { type: 'string' })],
    ['a required member of an answer', (it) => ((schema(it, 'Meta').properties.at = { type: 'string' }), schema(it, 'Meta').required.push('at'))],
    ['a value of an enum', (it) => schema(it, 'Meta').properties.degraded.items.properties.reason.enum.push('new')],
    ['a problem', (it) => (orders(it).get.responses['451'] = { description: 'new' })],
    ['an answer that is no longer null', (it) => (schema(it, 'Customer').properties.phone = { type: 'string' })],
    ['an optional member of a request', (it) => (preferences(it).requestBody.content['application/merge-patch+json'].schema.properties = { theme: { type: 'string' } })],
    ['another media type', (it) => (preferences(it).requestBody.content['application/json'] = { schema: {} })],
    ['a scope that is no longer needed', (it) => orders(it).get.security.forEach((each: any) => Object.keys(each).forEach((scheme) => (each[scheme] = [])))],
    ['another way to authenticate', (it) => orders(it).get.security.push({ key: [] })],
    ['a text', (it) => (orders(it).get.summary = 'Orders')],
  ])('%s', (_title, change) => {
    expect(breakingChanges(current, changed(change))).toEqual([]);
  }); // prettier-ignore
});

describe('T6 a breaking change fails', () => {
  test.each<[string, (document: any) => void, RegExp]>([
    ['a path', (it) => delete it.paths['/v1/profile'], /^GET \/v1\/profile: is gone$/],
    ['a method', (it) => delete it.paths['/v2/customers/{customerId}/preferences'].patch, /^PATCH .*: is gone$/],
    ['a parameter', (it) => (orders(it).get.parameters = orders(it).get.parameters.filter((each: any) => each.name !== 'cursor')), /query cursor is gone/],
    ['a parameter required', (it) => (orders(it).get.parameters.find((each: any) => each.name === 'limit').required = true), /query limit is now required/],
    ['a new required parameter', (it) => orders(it).get.parameters.push({ name: 'year', in: 'query', required: true, schema: {} }), /query year is now required/],
    ['the type of a parameter', (it) => (orders(it).get.parameters.find((each: any) => each.name === 'cursor').schema.type = 'integer'), /query cursor: type was string, is integer/],
    ['an answer', (it) => delete orders(it).get.responses['200'], /answer 200 is gone/],
    ['a media type', (it) => (orders(it).get.responses['200'].content = { 'text/csv': {} }), /application\/json is gone/],
    ['a member', (it) => delete schema(it, 'OrderItem').properties.sku, /200\.items\[\*\]\.sku: is gone/],
    ['a member renamed', (it) => ((schema(it, 'Money').properties.value = schema(it, 'Money').properties.amount), delete schema(it, 'Money').properties.amount), /\.total\.amount: is gone/],
    ['the type of a member', (it) => (schema(it, 'Money').properties.amount = { type: 'number' }), /amount: type was string, is number,integer/],
    ['an integer that may have a fraction', (it) => (schema(it, 'OrderItem').properties.quantity.type = 'number'), /quantity: type was integer/],
    ['a member that may now be null', (it) => (schema(it, 'Order').properties.status = { type: ['string', 'null'] }), /status: type was string, is string,null/],
    ['a member of any type', (it) => (schema(it, 'Order').properties.status = {}), /status: type was string, is any/],
    ['the type of items', (it) => (schema(it, 'OrdersAnswer').properties.orders.items = { type: 'string' }), /type was object, is string/],
    ['a value of an enum', (it) => schema(it, 'Meta').properties.degraded.items.properties.reason.enum.pop(), /reason: value "bad-response" is gone/],
    ['an enum that is open now', (it) => delete schema(it, 'Meta').properties.degraded.items.properties.reason.enum, /any value is possible now/],
    ['a member that is not always there', (it) => schema(it, 'Meta').required.splice(0, 1), /complete: is no longer always there/],
    ['a required member of a request', (it) => Object.assign(preferences(it).requestBody.content['application/merge-patch+json'].schema, { properties: { theme: {} }, required: ['theme'] }), /theme: is now required/],
    ['a body required', (it) => (it.paths['/v2/notifications/{notificationId}/read'].post.requestBody = { required: true, content: {} }), /a body is now required/],
    ['a request that is an enum now', (it) => (orders(it).get.parameters[1].schema.enum = ['a']), /only some values are allowed now/],
    ['a scope more', (it) => orders(it).get.security.forEach((each: any) => Object.values<string[]>(each).forEach((all) => all.push('customers:read'))), /^GET \/v2\/customers\/\{customerId\}\/orders: \{"bearer":\["orders:read"\]\} is no longer enough$/],
    ['a way to authenticate', (it) => orders(it).get.security.pop(), /\{"dpop":\["orders:read"\]\} is no longer enough/],
    ['an alternative', (it) => (schema(it, 'Order').properties.note = { anyOf: [] }), /type was string,null, is any/],
  ])('%s', (_title, change, told) => {
    const found = breakingChanges(current, changed(change));
    expect(found).not.toHaveLength(0);
    expect(found).toEqual(expect.arrayContaining([expect.stringMatching(told)]));
  }); // prettier-ignore

  test('a schema that contains itself is compared once', () => {
    const recursive = (type: string) => changed((it) => {
      schema(it, 'Order').properties.parent = { $ref: '#/components/schemas/Order' };
      schema(it, 'Order').properties.note = { type };
    });
    expect(breakingChanges(recursive('string'), recursive('string'))).toEqual([]);
    expect(breakingChanges(recursive('string'), recursive('boolean'))[0]).toMatch(/type was string, is boolean/);
  }); // prettier-ignore

  test('a reference that leads nowhere is an error, not a pass', () => {
    const lost = changed((it) => delete it.components.schemas.Money);
    expect(() => breakingChanges(current, lost)).toThrow(/Money leads nowhere/);
  });
});

test('the document has no part that nothing refers to, and refers to nothing that is not there', () => {
  const text = JSON.stringify(current);
  const referred = new Set([...text.matchAll(/"\$ref":"#\/components\/([^"]+)"/g)].map(([, name]) => name));
  const { schemas, responses, headers } = current.components;
  const there = Object.entries({ schemas, responses, headers }).flatMap(([kind, all]) => Object.keys(all).map((name) => `${kind}/${name}`));
  expect([...referred].sort()).toEqual(there.sort());
  const ids = [...text.matchAll(/"operationId":"(\w+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
}); // prettier-ignore

describe('served', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(() => rig.close());
  const get = (path: string, headers: Record<string, string> = {}) =>
    fetch(rig.service.url + path, { headers });

  test('/openapi.json to everybody, with a validator', async () => {
    const answer = await get('/openapi.json');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
    expect(await answer.json()).toEqual(current);
    const again = await get('/openapi.json', { 'If-None-Match': answer.headers.get('etag')! });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  test('every operation of the document is there, and needs a token', async () => {
    for (const [path, item] of Object.entries<object>(current.paths))
      for (const method of Object.keys(item)) {
        const { status } = await fetch(rig.service.url + path.replace(/\{\w+\}/g, 'x'), { method: method.toUpperCase() });
        expect([method, path, status]).toEqual([method, path, 401]);
      }
  }); // prettier-ignore

  test('every operation answers as the document says, whatever comes of it', async () => {
    for (const [path, item] of Object.entries<any>(current.paths))
      for (const [method, operation] of Object.entries<any>(item)) {
        const { status, headers } = await rig.ask(path.replace(/\{\w+\}/g, 'nobody'), { method: method.toUpperCase() });
        expect({ path, status, told: Object.keys(operation.responses) }).toEqual({ path, status, told: expect.arrayContaining([String(status)]) });
        expect(headers.get('content-type')).toBe(status === 200 ? 'application/json' : 'application/problem+json');
      }
  }); // prettier-ignore

  test('the type of a problem is the address of a text about it', async () => {
    const { body } = await rig.ask('/v2/customers/nobody');
    const answer = await get(body.type);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8']);
    expect(await answer.text()).toMatch(
      /^There is nothing here\n\nProblem type \/problems\/not-found, status 404\./,
    );
    expect((await get('/problems/toString')).status).toBe(404);
  });

  test('the description names every problem type, and when a deprecated version ends', () => {
    for (const type of Object.keys(problemTypes))
      expect(current.info.description).toContain(`\`/problems/${type}\``);
    expect(current.info.description).toContain(
      '**Version 1** is deprecated since 2026-11-22 and ends on 2027-11-30.',
    );
  });

  test('/docs is the reference of the document, and may run no script but its own files', async () => {
    const answer = await get('/docs');
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self';");
    expect((await get('/docs/swagger-ui-bundle.js')).status).toBe(200);
  });
});
