import type { Lock, SyncInit, SyncReply, SyncStorage } from '../../src/index.ts';
import type { WriteInit } from '../../src/device/writes/write-queue.ts';

type Get = (url: string, init: SyncInit) => Promise<SyncReply>;
type Send = (url: string, init: WriteInit) => Promise<SyncReply>;

/** A bug planted in what surrounds the code under test, never in that code itself. */
export interface DeviceBug {
  readonly title?: string;
  /** The model must report a fault that matches this pattern. */
  readonly shows?: RegExp;
  readonly lock?: Lock;
  readonly storage?: (storage: SyncStorage) => SyncStorage;
  readonly fetch?: (get: Get) => Get;
  readonly send?: (send: Send) => Send;
  readonly noReceipts?: boolean;
}

let keys = 0;

export const deviceBugs: readonly DeviceBug[] = [
  { title: 'the lock excludes nobody', shows: /is lost/, lock: (_, work) => work() },
  { title: 'receipts are not read', shows: /was made \d times/, noReceipts: true },
  {
    title: 'each attempt has a key of its own',
    shows: /reported as applied and was not|is reported as rejected and was not/,
    send: (send) => (url, init) => send(url, { ...init, headers: { ...init.headers, 'Idempotency-Key': `"x${++keys}"` } }),
  },
  {
    title: 'requests permit an HTTP cache to answer',
    shows: /over a good network: foreign/,
    fetch: (get) => (url, init) => get(url, { ...init, headers: Object.fromEntries(Object.entries(init.headers ?? {}).filter(([name]) => name !== 'Cache-Control')) }),
  },
  {
    title: 'every fifth write to the storage has no effect',
    shows: /is lost/,
    storage: (storage) => {
      let sets = 0;
      return { ...storage, set: async (key, value) => (key === 'writes' && ++sets % 5 === 0 ? undefined : storage.set(key, value)) };
    },
  },
  {
    title: 'a foreign answer is accepted as ours',
    shows: /divergence/,
    fetch: (get) => async (url, init) => {
      const reply = await get(url, init);
      const text = await reply.text();
      if (reply.headers.get('ETag') !== '"507f1f77bcf86cd799439011"') return { ...reply, status: reply.status, headers: reply.headers, text: async () => text };
      const body = { theme: 'stranger', _meta: { etag: '507f1f77bcf86cd799439011', complete: true } };
      return { status: 200, headers: reply.headers, text: async () => JSON.stringify(body) };
    },
  },
]; // prettier-ignore
