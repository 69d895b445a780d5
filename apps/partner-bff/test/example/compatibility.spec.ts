import type { JsonNode } from '@bff/shaping';
import { breakingChanges } from '@bff/testbed';
import { describe, expect, test } from '@jest/globals';
import { openApiDocument } from '../../src/contract/openapi.ts';

/* eslint-disable @typescript-eslint/no-explicit-any -- documents are changed at will here */
const current: any = JSON.parse(JSON.stringify(openApiDocument()));

const changed = (change: (document: any) => void): JsonNode => {
  const document = structuredClone(current);
  change(document);
  return document;
};
const orders = (document: any) => document.paths['/v2/customers/{customerId}/orders'];
const preferences = (document: any) => document.paths['/v2/customers/{customerId}/preferences'].patch;
const schema = (document: any, name: string) => document.components.schemas[name];

describe('T6 additive changes pass', () => {
  test.each<[string, (document: any) => void]>([
    ['nothing', () => undefined],
    ['a path', (it) => (it.paths['/v2/invoices'] = orders(it))],
    [
      'an optional parameter',
      (it) => orders(it).get.parameters.push({ name: 'since', in: 'query', schema: { type: 'string' } }),
    ],
    ['a member of an answer', (it) => (schema(it, 'Order').properties.carrier = { type: 'string' })],
    [
      'a required member of an answer',
      (it) => (
        (schema(it, 'Meta').properties.at = { type: 'string' }),
        schema(it, 'Meta').required.push('at')
      ),
    ],
    [
      'a value of an enum',
      (it) => schema(it, 'Meta').properties.degraded.items.properties.reason.enum.push('new'),
    ],
    ['a problem', (it) => (orders(it).get.responses['451'] = { description: 'new' })],
    [
      'a nullable member of an answer so that it is never null',
      (it) => (schema(it, 'Customer').properties.phone = { type: 'string' }),
    ],
    [
      'an optional member of a request',
      (it) =>
        (preferences(it).requestBody.content['application/merge-patch+json'].schema.properties = {
          theme: { type: 'string' },
        }),
    ],
    [
      'another media type',
      (it) => (preferences(it).requestBody.content['application/json'] = { schema: {} }),
    ],
    [
      'an operation so that it needs one scope fewer',
      (it) =>
        orders(it).get.security.forEach((each: any) =>
          Object.keys(each).forEach((scheme) => (each[scheme] = [])),
        ),
    ],
    ['another way to authenticate', (it) => orders(it).get.security.push({ key: [] })],
    ['a summary', (it) => (orders(it).get.summary = 'Orders')],
  ])('the compatibility check accepts a document that adds or changes %s', (_title, change) => {
    expect(breakingChanges(current, changed(change))).toEqual([]);
  });
});

describe('T6 breaking changes fail', () => {
  test.each<[string, (document: any) => void, RegExp]>([
    ['a path', (it) => delete it.paths['/v1/profile'], /^GET \/v1\/profile: is gone$/],
    [
      'a method',
      (it) => delete it.paths['/v2/customers/{customerId}/preferences'].patch,
      /^PATCH .*: is gone$/,
    ],
    [
      'a parameter',
      (it) =>
        (orders(it).get.parameters = orders(it).get.parameters.filter((each: any) => each.name !== 'cursor')),
      /query cursor is gone/,
    ],
    [
      'an optional parameter so that it is required',
      (it) => (orders(it).get.parameters.find((each: any) => each.name === 'limit').required = true),
      /query limit is now required/,
    ],
    [
      'the parameters by adding a required one',
      (it) => orders(it).get.parameters.push({ name: 'year', in: 'query', required: true, schema: {} }),
      /query year is now required/,
    ],
    [
      'the type of a parameter',
      (it) => (orders(it).get.parameters.find((each: any) => each.name === 'cursor').schema.type = 'integer'),
      /query cursor: type was string, is integer/,
    ],
    ['an answer', (it) => delete orders(it).get.responses['200'], /answer 200 is gone/],
    [
      'a media type',
      (it) => (orders(it).get.responses['200'].content = { 'text/csv': {} }),
      /application\/json is gone/,
    ],
    ['a member', (it) => delete schema(it, 'OrderItem').properties.sku, /200\.items\[\*\]\.sku: is gone/],
    [
      'the name of a member',
      (it) => (
        (schema(it, 'Money').properties.value = schema(it, 'Money').properties.amount),
        delete schema(it, 'Money').properties.amount
      ),
      /\.total\.amount: is gone/,
    ],
    [
      'the type of a member',
      (it) => (schema(it, 'Money').properties.amount = { type: 'number' }),
      /amount: type was string, is number,integer/,
    ],
    [
      'an integer so that it is a number',
      (it) => (schema(it, 'OrderItem').properties.quantity.type = 'number'),
      /quantity: type was integer/,
    ],
    [
      'a member so that it may be null',
      (it) => (schema(it, 'Order').properties.status = { type: ['string', 'null'] }),
      /status: type was string, is string,null/,
    ],
    [
      'a member so that it may have any type',
      (it) => (schema(it, 'Order').properties.status = {}),
      /status: type was string, is any/,
    ],
    [
      'the type of items',
      (it) => (schema(it, 'OrdersAnswer').properties.orders.items = { type: 'string' }),
      /type was object, is string/,
    ],
    [
      'a value of an enum',
      (it) => schema(it, 'Meta').properties.degraded.items.properties.reason.enum.pop(),
      /reason: value "bad-response" is gone/,
    ],
    [
      'an enum so that it allows any value',
      (it) => delete schema(it, 'Meta').properties.degraded.items.properties.reason.enum,
      /any value is possible now/,
    ],
    [
      'a required member of an answer so that it is optional',
      (it) => schema(it, 'Meta').required.splice(0, 1),
      /complete: is no longer always there/,
    ],
    [
      'a request by adding a required member',
      (it) =>
        Object.assign(preferences(it).requestBody.content['application/merge-patch+json'].schema, {
          properties: { theme: {} },
          required: ['theme'],
        }),
      /theme: is now required/,
    ],
    [
      'a request so that it requires a body',
      (it) =>
        (it.paths['/v2/notifications/{notificationId}/read'].post.requestBody = {
          required: true,
          content: {},
        }),
      /a body is now required/,
    ],
    [
      'a parameter so that it is an enum',
      (it) => (orders(it).get.parameters[1].schema.enum = ['a']),
      /only some values are allowed now/,
    ],
    [
      'the required scopes by adding one',
      (it) =>
        orders(it).get.security.forEach((each: any) =>
          Object.values<string[]>(each).forEach((all) => all.push('customers:read')),
        ),
      /^GET \/v2\/customers\/\{customerId\}\/orders: \{"bearer":\["orders:read"\]\} is no longer enough$/,
    ],
    [
      'a way to authenticate',
      (it) => orders(it).get.security.pop(),
      /\{"dpop":\["orders:read"\]\} is no longer enough/,
    ],
    [
      'a type so that it is an anyOf without alternatives',
      (it) => (schema(it, 'Order').properties.note = { anyOf: [] }),
      /type was string,null, is any/,
    ],
  ])('the compatibility check reports a document that changes or removes %s', (_title, change, told) => {
    const found = breakingChanges(current, changed(change));
    expect(found).not.toHaveLength(0);
    expect(found).toEqual(expect.arrayContaining([expect.stringMatching(told)]));
  });

  test('the compatibility check compares a recursive schema only once', () => {
    const recursive = (type: string) =>
      changed((it) => {
        schema(it, 'Order').properties.parent = { $ref: '#/components/schemas/Order' };
        schema(it, 'Order').properties.note = { type };
      });
    expect(breakingChanges(recursive('string'), recursive('string'))).toEqual([]);
    expect(breakingChanges(recursive('string'), recursive('boolean'))[0]).toMatch(
      /type was string, is boolean/,
    );
  });

  test('the compatibility check throws on a dangling reference', () => {
    const lost = changed((it) => delete it.components.schemas.Money);
    expect(() => breakingChanges(current, lost)).toThrow(/Money leads nowhere/);
  });
});
