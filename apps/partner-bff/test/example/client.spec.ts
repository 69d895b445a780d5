import { readFileSync } from 'node:fs';
import { clientTypes } from '@bff/testbed';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createPartnerClient, type PartnerClient } from '../../client/index.ts';
import { startRig, type Rig } from '../rig.ts';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

test('the types of the typed client are those of the published openapi.json (`npx nx sync` updates them)', async () => {
  expect(read('../../client/schema.ts')).toBe(await clientTypes(read('../../openapi.json')));
}, 30_000);

describe('the typed client', () => {
  let rig: Rig;
  let client: PartnerClient;
  beforeAll(async () => {
    rig = await startRig();
    client = createPartnerClient({ baseUrl: rig.service.url, accessToken: await rig.token('acme-erp') });
  });
  afterAll(() => rig.close());
  const path = { customerId: 'alice' };

  test('the typed client lists orders page by page in version v2', async () => {
    const first = await client.GET('/v2/customers/{customerId}/orders', {
      params: { path, query: { limit: 2 } },
    });
    expect(first.data?.orders?.map(({ total }) => total?.amount)).toHaveLength(2);
    const cursor = first.data?.nextCursor ?? '';
    const second = await client.GET('/v2/customers/{customerId}/orders', {
      params: { path, query: { limit: 2, cursor } },
    });
    expect(second.data?.orders?.[0]?.id).not.toBe(first.data?.orders?.[0]?.id);
  });

  test('T5 a change by the typed client that is repeated with one Idempotency-Key is made once', async () => {
    const { response } = await client.GET('/v2/customers/{customerId}/preferences', { params: { path } });
    const header = { 'If-Match': response.headers.get('etag')!, 'Idempotency-Key': '"client-0001"' };
    const send = () =>
      client.PATCH('/v2/customers/{customerId}/preferences', {
        params: { path, header },
        body: { theme: 'dark' },
        headers: { 'Content-Type': 'application/merge-patch+json' },
      });
    expect((await send()).data?.preferences).toMatchObject({ theme: 'dark' });
    const again = await send();
    expect(again.response.headers.get('idempotency-replayed')).toBe('true');
    expect(again.data?.preferences).toMatchObject({ theme: 'dark' });
  });
});
