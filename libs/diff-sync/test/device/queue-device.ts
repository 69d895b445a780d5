import { createSyncClient, createWriteQueue, type JsonObject } from '../../src/index.ts';
import type { SettledWrite, WriteConflict, WriteQueueOptions } from '../../src/device/writes/write-queue.ts';
import { address, SettingsService } from './settings-service.ts';
import { MemoryStorage, originLock } from '../screen.ts';

/** Creates a device with stored settings, and a queue whose reports are recorded. */
export async function device(answer: (conflict: WriteConflict) => JsonObject | undefined = () => undefined) {
  const service = new SettingsService();
  const storage = new MemoryStorage();
  const lock = originLock();
  const settled: SettledWrite[] = [];
  const conflicts: WriteConflict[] = [];
  const clock = { time: Date.UTC(2026, 10, 22) };
  let keys = 0;
  const start = (more: Partial<WriteQueueOptions> = {}) =>
    createWriteQueue({
      storage,
      fetch: service.fetch,
      settled: (write) => settled.push(write),
      resolve: (conflict) => (conflicts.push(conflict), answer(conflict)),
      newKey: () => `k${++keys}`,
      now: () => clock.time,
      random: () => 1,
      lock,
      ...more,
    });
  const client = createSyncClient({
    storage,
    fetch: (url, init) => service.fetch(url, { ...init, method: 'GET' }),
  });
  await client.refresh(address);
  service.received.length = 0;
  return { service, storage, settled, conflicts, clock, client, start, queue: start() };
}
export const kinds = (settled: readonly SettledWrite[]) =>
  settled.map(({ kind, write }) => `${write.key} ${kind}`);
