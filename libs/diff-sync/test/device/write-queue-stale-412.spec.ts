import { expect, test } from '@jest/globals';
import { createSyncClient, createWriteQueue } from '../../src/index.ts';
import { address, SettingsService, problem } from './settings-service.ts';
import { MemoryStorage } from '../screen.ts';

test('when a PATCH gets 412 although If-Match names the current state, the write stays pending and is not retried at once', async () => {
  const service = new SettingsService();
  const storage = new MemoryStorage();
  const client = createSyncClient({
    storage,
    fetch: (url, init) => service.fetch(url, { ...init, method: 'GET' }),
  });
  await client.refresh(address);
  const sent: string[] = [];
  const queue = createWriteQueue({
    storage,
    fetch: async (url, init) => {
      if (sent.push(init.method) > 20) throw new Error('endless retries');
      return init.method === 'PATCH' ? problem(412) : service.fetch(url, init);
    },
    settled: () => undefined,
    resolve: ({ write }) => write.body,
    newKey: () => `k${sent.length}`,
  });
  await queue.patch(address, { theme: 'dark' });
  expect(await queue.flush()).toMatchObject({ left: 1, status: 412, waitMs: expect.any(Number) });
  expect(sent).toEqual(['PATCH', 'GET']);
});
