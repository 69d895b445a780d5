import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createLogger } from '@bff/service-kit';
import { del, get, info, jsonObject, post, put, service } from '@bff/upstream-clients';
import { z } from 'zod';
import { startSimulatedService, type DemoService } from '../../src/demo-service.ts';
import { genericService } from '../../src/generic/generic-service.ts';
import { call } from '../caller.ts';

const parcel = z.object({
  id: z.string().meta({ example: 'p1' }),
  status: z.enum(['sent', 'lost']),
  weight_grams: z.int().nullable(),
});
const declared = service(
  'parcel',
  { address: 'http://127.0.0.1:8090', audience: 'https://parcels.example' },
  {
    byId: get('/parcels/{parcelId}', { response: parcel }),
    newest: get('/parcels/newest', { response: z.object({ newest: parcel }) }),
    labels: get('/parcels/{parcelId}/labels/{label}', { response: z.array(z.string()) }),
    archive: post('/parcels/{parcelId}:archive', { response: parcel }),
    replace: put('/parcels/{parcelId}', { body: parcel, response: parcel }),
    remove: del('/parcels/{parcelId}'),
    options: get('/users/{userId}/options', { response: jsonObject }),
  },
)[info];
const sample = { id: 'p1', status: 'sent', weight_grams: 1 };

let fake: DemoService;
beforeAll(async () => {
  const { audience } = declared;
  fake = await startSimulatedService({ name: 'parcel-service', audience, service: genericService(declared) });
});
afterEach(() => fake.faults.clear());
afterAll(() => fake.close());
const request = <T>(path: string, method = 'GET') =>
  call<T>({ name: declared.audience, url: fake.url }, path, {}, { method });

test.each([
  ['GET', '/parcels/p7', 200, sample],
  ['PUT', '/parcels/p7', 200, sample],
  ['POST', '/parcels/p7:archive', 200, sample],
  ['GET', '/parcels/p7/labels/a%2Fb', 200, ['text']],
  ['GET', '/users/bob/options', 200, {}],
  ['DELETE', '/parcels/p7', 204, undefined],
])('%s %s is answered with %i and a sample of its response schema', async (method, path, status, body) => {
  expect(await request(path, method)).toMatchObject({ status });
  expect((await request(path, method)).body).toEqual(body);
});

test('a literal path segment takes precedence over a parameter, in either order of declaration', async () => {
  expect((await request('/parcels/newest')).body).toEqual({ newest: sample });
});

test('an unknown path gets 404, and an unknown method of a known path gets 405', async () => {
  expect((await request('/parcels')).status).toBe(404);
  const { status, headers } = await request('/parcels/p7', 'PATCH');
  expect([status, headers.get('allow')]).toEqual([405, 'GET, PUT, DELETE']);
});

test.each([
  ['no token', { Authorization: '' }, 401],
  ['a tenant other than that of the token', { 'X-Tenant-ID': 'other' }, 403],
])('a request with %s is rejected', async (_, headers, status) => {
  const target = { name: declared.audience, url: fake.url };
  expect((await call(target, '/parcels/p7', {}, { headers })).status).toBe(status);
});

test('a token for another audience is rejected', async () => {
  expect((await call({ name: 'parcel-service', url: fake.url }, '/parcels/p7')).status).toBe(401);
});

test('calls are counted by route, with a colon before each parameter', async () => {
  await fetch(`${fake.url}/__calls`, { method: 'DELETE' });
  await request('/parcels/p7');
  await request('/parcels/p7', 'DELETE');
  await request('/parcels/newest');
  expect(fake.calls()).toEqual({
    '/parcels/:parcelId': 2,
    '/parcels/newest': 1,
    '/parcels/:parcelId/labels/:label': 0,
    '/parcels/:parcelId:archive': 0,
    '/users/:userId/options': 0,
  });
});

describe('a fault of a generic fake', () => {
  test('a fault of a generic fake can be set for one route over HTTP', async () => {
    const fault = JSON.stringify({ route: '/parcels/:parcelId', kind: 'error', status: 503 });
    await fetch(`${fake.url}/__faults`, { method: 'PUT', body: fault });
    expect([(await request('/parcels/p7')).status, (await request('/parcels/newest')).status]).toEqual([
      503, 200,
    ]);
  });

  test.each(
    Object.values(declared.operations).filter(({ method, name }) => method === 'GET' && name !== 'labels'),
  )('a fault of kind wrong-type makes the answer of $name violate its schema', async ({ path, response }) => {
    fake.faults.set({ route: '*', kind: 'wrong-type' });
    const { body } = await request(path.replaceAll(/\{\w+\}/g, 'x'));
    expect(response!.safeParse(body).success).toBe(false);
  });
});

test('a sample that its schema rejects is logged with the operation and a remedy', async () => {
  const log = createLogger('parcel-service', 'silent');
  const warn = jest.spyOn(log, 'warn');
  const odd = get('/odd', { response: z.object({ code: z.string().regex(/^x{3}y{7}$/) }) });
  const { operations } = service('odd', { address: 'http://127.0.0.1:8091' }, { odd })[info];
  const started = await startSimulatedService(
    { name: 'odd-service', audience: 'odd-service', service: genericService({ operations }) },
    { log },
  );
  await started.close();
  expect(warn).toHaveBeenCalledWith(
    expect.objectContaining({ operation: 'odd.odd', problem: expect.stringContaining('at code') }),
    expect.stringContaining('.meta({ example })'),
  );
});
