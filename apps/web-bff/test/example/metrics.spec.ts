import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { startRig, type Rig } from '../rig.ts';

jest.setTimeout(30_000);

let rig: Rig;
beforeAll(async () => void (rig = await startRig()));
afterAll(() => rig.close());

const metrics = async (): Promise<string> => (await fetch(`${rig.service.managementUrl}/metrics`)).text();

/** Returns the number of requests by route and status class. */
async function requests(): Promise<Record<string, number>> {
  const found = (await metrics()).matchAll(/^bff_request_seconds_count\{(.*)\} (\d+)$/gm);
  const label = (labels: string, name: string) => new RegExp(`${name}="([^"]*)"`).exec(labels)?.[1];
  return Object.fromEntries(
    [...found].map(([, labels = '', count]) => [
      `${label(labels, 'method')} ${label(labels, 'route')} ${label(labels, 'status')}`,
      Number(count),
    ]),
  );
}

test('requests, including failed ones, are counted by the pattern of their route, with its mount path', async () => {
  const { url } = rig.service;
  const headers = rig.as('alice');
  for (const [path, init] of [
    ['/api/profile', {}],
    ['/api/profile?fields=name', {}],
    ['/API/Profile', {}],
    ['/api/orders/alice-o1', {}],
    ['/api/orders/nothing', {}],
    ['/api/orders/%00', {}],
    ['/api/orders/1', { method: 'DELETE' }],
    ['/auth/session', {}],
    ['/nothing/at/all', {}],
  ] satisfies [string, RequestInit][])
    await (await fetch(url + path, { headers, ...init })).arrayBuffer();
  const counted = await requests();
  expect(counted).toMatchObject({
    'GET /api/profile 2xx': 2,
    'GET /api/orders/:id 2xx': 1,
    'GET /auth/session 2xx': 1,
    'DELETE /api/orders/:id 4xx': expect.any(Number),
    'GET none 4xx': expect.any(Number),
  });
  // Labels contain no text of the request, which would make their number unbounded.
  expect(Object.keys(counted).join()).not.toMatch(/alice|nothing|%00|Profile/);
});

test('W9 started and ended sessions are counted', async () => {
  const sessions = async (event: string): Promise<number> =>
    Number(
      new RegExp(`^bff_sessions_total\\{.*event="${event}".*\\} (\\d+)$`, 'm').exec(await metrics())?.[1] ??
        0,
    );
  expect(await sessions('created')).toBe(4);
  await fetch(`${rig.service.url}/auth/logout`, {
    method: 'POST',
    headers: { ...rig.as('max'), Origin: rig.env['PUBLIC_URL']! },
  });
  expect(await sessions('ended')).toBe(1);
});
