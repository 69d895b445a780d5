import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createSyncClient, createWriteQueue, type SettledWrite } from '@bff/diff-sync';
import { startRig, type Rig } from '../../rig.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({});
});
afterAll(() => rig.close());

/** A device whose connection loses the answers that a test selects. */
async function device() {
  const texts = new Map<string, string>();
  const storage = {
    get: async (key: string) => texts.get(key),
    set: async (key: string, text: string) => texts.set(key, text),
    delete: async (key: string) => texts.delete(key),
  };
  const headers = await rig.as('alice');
  const requests: string[] = [];
  const settled: string[] = [];
  const clock = { time: Date.now() };
  const link = { losesAnswers: false };
  const client = createSyncClient({ storage, fetch: (url, init) => fetch(url, init) });
  const queue = createWriteQueue({
    storage,
    async fetch(url, init) {
      const answer = await fetch(url, init);
      requests.push(`${init.method} ${new URL(url).pathname}`);
      if (link.losesAnswers && init.method !== 'GET') throw new TypeError('socket hang up');
      return answer;
    },
    settled: ({ kind, write }: SettledWrite) => settled.push(`${write.method} ${kind}`),
    resolve: () => undefined,
    now: () => clock.time,
  });
  const preferences = `${rig.service.url}/api/preferences`;
  await client.refresh(preferences, { headers });
  return { client, queue, headers, requests, settled, clock, link, preferences };
}

test('writes whose answers were lost are made once and reported as applied', async () => {
  const { client, queue, headers, requests, settled, clock, link, preferences } = await device();
  const key = await queue.patch(preferences, { theme: 'sepia' });
  await queue.send('POST', `${rig.service.url}/api/notifications/alice-n1/read`);
  link.losesAnswers = true;
  expect(await queue.flush({ headers })).toMatchObject({ left: 2, reason: 'offline' });
  link.losesAnswers = false;
  clock.time += 3_600_000;
  expect(await queue.flush({ headers })).toEqual({ left: 0, waitMs: 0 });
  expect(settled).toEqual(['PATCH applied', 'POST applied']);
  expect(requests.slice(0, 2)).toEqual(['PATCH /api/preferences', `GET /api/writes/${key}`]);
  expect(await client.last(preferences)).toMatchObject({ theme: 'sepia' });
  expect(await client.refresh(preferences, { headers })).toMatchObject({ outcome: 'unchanged', status: 304 });
});

test('a rejected write leaves the queue with its problem, and the next write is made', async () => {
  const { queue, headers, settled, preferences } = await device();
  await queue.patch(preferences, { _meta: {} });
  await queue.patch(preferences, { language: 'de' });
  expect(await queue.flush({ headers })).toEqual({ left: 0, waitMs: 0 });
  expect(settled).toEqual(['PATCH rejected', 'PATCH applied']);
});

test('with an expired token, a refresh and a queued write report the 401, and the write stays in the queue', async () => {
  const { client, queue, preferences } = await device();
  await queue.patch(preferences, { theme: 'dark' });
  const headers = { Authorization: 'Bearer expired' };
  await expect(client.refresh(preferences, { headers })).rejects.toMatchObject({
    reason: 'refused',
    status: 401,
  });
  expect(await queue.flush({ headers })).toMatchObject({ left: 1, status: 401, problem: { status: 401 } });
  expect((await queue.state()).pending).toHaveLength(1);
});
