import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { headersOf } from '../caller.ts';
import { startFakes, type RunningFakes } from './start-fakes.ts';

describe('cacheable reads', () => {
  let world: RunningFakes;
  beforeAll(async () => {
    world = await startFakes({ cacheControl: 'by-route' });
  });
  afterAll(() => world.close());

  const request = (
    service: keyof RunningFakes['services'],
    path: string,
    headers: Record<string, string> = {},
  ) =>
    fetch(world.addresses[service] + path, {
      headers: { ...headersOf(`${service}-service`), ...headers },
    });

  test.each([
    ['user', '/api/v1/users/alice', 2],
    ['order', '/api/v1/users/alice/orders?limit=5', 2],
    ['loyalty', '/api/v1/users/alice/tier', 2],
    ['user', '/api/v1/users/alice/preferences', 0],
    ['notification', '/api/v1/users/alice/unread_count', 0],
    ['notification', '/api/v1/users/alice/notifications', 0],
  ] as const)(
    '%s-service allows caching of %s for %i seconds, stale-if-error for ten minutes, and answers its ETag with 304',
    async (service, path, seconds) => {
      const first = await request(service, path);
      expect(first.headers.get('cache-control')).toMatch(
        new RegExp(`^private, max-age=${seconds},.*stale-if-error=600$`),
      );
      const etag = first.headers.get('etag') ?? '';
      const again = await request(service, path, { 'If-None-Match': `"other", ${etag}` });
      expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, '']);
      expect((await request(service, path, { 'If-None-Match': '"other"' })).status).toBe(200);
    },
  );

  test('a cacheable read has another ETag after a write, and its ETag is valid for If-Match', async () => {
    const path = '/api/v1/users/alice/preferences';
    const etag = (await request('user', path)).headers.get('etag') ?? '';
    const changed = await fetch(world.addresses.user + path, {
      method: 'PATCH',
      headers: {
        ...headersOf('user-service'),
        'Content-Type': 'application/merge-patch+json',
        'If-Match': etag,
      },
      body: '{"theme":"changed"}',
    });
    expect([changed.status, changed.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect((await request('user', path, { 'If-None-Match': etag })).status).toBe(200);
  });

  test('an error is not cacheable, and a fault also replaces a 304', async () => {
    const path = '/api/v1/users/alice/orders';
    const etag = (await request('order', path)).headers.get('etag') ?? '';
    expect((await request('order', '/api/v1/orders/none')).headers.get('cache-control')).toBe('no-store');
    world.services.order.faults.set({ route: '*', kind: 'wrong-type', rate: 1 });
    expect((await request('order', path, { 'If-None-Match': etag })).status).toBe(200);
    world.services.order.faults.clear();
  });
});
