import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createMobileClient } from '../../client/index.ts';
import { startRig, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

describe('the typed client', () => {
  const as = async (user: string) =>
    createMobileClient({
      baseUrl: rig.url,
      accessToken: (await rig.as(user)).Authorization.slice('Bearer '.length),
    });

  test('H3 the typed client reads a screen whose type has no null', async () => {
    const client = await as('alice');
    const { data, error } = await client.GET('/api/orders', { params: { query: { limit: 2 } } });
    expect(error).toBeUndefined();
    expect(data?.orders).toHaveLength(2);
    const id: string | undefined = data?.orders?.[0]?.id;
    const order = await client.GET('/api/orders/{id}', { params: { path: { id: id ?? '' } } });
    expect(order.data).toMatchObject({ id, _meta: { complete: true } });
  });

  test('a change by the typed client succeeds with the current ETag, and gets 412 with an outdated ETag', async () => {
    const client = await as('alice');
    const { response } = await client.GET('/api/preferences');
    const header = { 'If-Match': response.headers.get('etag')! };
    const changed = await client.PATCH('/api/preferences', { params: { header }, body: { theme: 'dark' } });
    expect(changed.data).toMatchObject({ theme: 'dark' });
    const late = await client.PATCH('/api/preferences', { params: { header }, body: { theme: 'light' } });
    expect(late.error).toMatchObject({ status: 412, type: '/problems/precondition-failed' });
  });
});
