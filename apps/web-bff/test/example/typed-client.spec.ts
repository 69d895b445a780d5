import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createWebClient, type WebClient } from '../../client/index.ts';
import { startRig, upstreamCalls, type Rig } from '../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.close());

describe('the typed client', () => {
  const as = (user: string): WebClient =>
    createWebClient({
      baseUrl: rig.service.url,
      // Browsers add the cookie; Node does not.
      fetch: (request) => {
        request.headers.set('Cookie', rig.as(user).Cookie);
        return fetch(request);
      },
    });

  test('the typed client reads a screen page by page', async () => {
    const client = as('alice');
    const first = await client.GET('/api/orders', { params: { query: { limit: 2 } } });
    expect(first.data?.orders).toHaveLength(2);
    const cursor = first.data?.next_cursor ?? '';
    const second = await client.GET('/api/orders', { params: { query: { limit: 2, cursor } } });
    expect(second.data?._meta).toMatchObject({ complete: true });
    expect(second.data?.orders?.[0]?.id).not.toBe(first.data?.orders?.[0]?.id);
  });

  test('a change by the typed client succeeds with the current ETag, and gets 412 with an outdated ETag', async () => {
    const client = as('alice');
    const { response } = await client.GET('/api/preferences');
    const header = { 'If-Match': response.headers.get('etag')! };
    const changed = await client.PATCH('/api/preferences', { params: { header }, body: { theme: 'dark' } });
    expect(changed.data).toMatchObject({ theme: 'dark' });
    const late = await client.PATCH('/api/preferences', { params: { header }, body: { theme: 'light' } });
    expect(late.error).toMatchObject({ status: 412, type: '/problems/precondition-failed' });
  });

  test('W8 the typed client sends X-CSRF, and its call without a session reaches no service', async () => {
    const before = upstreamCalls(rig.world);
    const otherOrigin = createWebClient({ baseUrl: rig.service.url });
    const { error } = await otherOrigin.GET('/api/profile');
    expect(error?.type).toBe('/problems/not-authenticated');
    expect(upstreamCalls(rig.world)).toBe(before);
  });
});
