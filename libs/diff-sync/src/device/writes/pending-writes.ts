import { isObject, type Json, type JsonObject } from '../../protocol/json.ts';
import type { Exclusive } from '../storage/storage-lock.ts';
import { pendingWritesKey } from '../storage/stored-views.ts';
import type { SyncStorage } from '../storage/sync-storage.ts';
import type { PendingWrite } from './write-queue.ts';

export interface StoredQueue {
  readonly writes: readonly PendingWrite[];
  readonly lastSyncAt?: number;
}

/**
 * The ordered writes of a device, stored as one text, so that after a crash the storage has the queue either
 * before or after a change.
 */
export interface PendingWrites {
  read(): Promise<StoredQueue>;
  /** Runs one change at a time, across tabs. Stores nothing when `edit` returns its argument. */
  change(edit: (queue: StoredQueue) => StoredQueue | Promise<StoredQueue>): Promise<StoredQueue>;
  /** Number of writes that were damaged in the storage. */
  readonly damaged: number;
}

export function createPendingWrites(storage: SyncStorage, exclusive: Exclusive): PendingWrites {
  let damaged = 0;

  async function read(): Promise<StoredQueue> {
    const { queue } = parseQueue((await storage.get(pendingWritesKey)) ?? '');
    return queue;
  }

  return {
    read,
    change: (edit) =>
      exclusive(async () => {
        const before = parseQueue((await storage.get(pendingWritesKey)) ?? '');
        const after = await edit(before.queue);
        if (after === before.queue) return after;
        if (after.writes.length > 0 || after.lastSyncAt !== undefined)
          await storage.set(pendingWritesKey, textOf(after));
        else await storage.delete(pendingWritesKey);
        damaged += before.damaged;
        return after;
      }),
    get damaged() {
      return damaged;
    },
  };
}

/** Writes one line per write, so that damaged or truncated text still contains the intact writes. */
export const textOf = ({ writes, ...rest }: StoredQueue): string =>
  [rest, ...writes].map((line) => JSON.stringify(line)).join('\n');

function parseQueue(text: string): { readonly queue: StoredQueue; readonly damaged: number } {
  const values = text.split('\n').flatMap((line): (Json | undefined)[] => {
    if (line === '') return [];
    try {
      const value = JSON.parse(line) as Json;
      // An earlier version stored one array.
      return Array.isArray(value) ? (value as Json[]) : [value];
    } catch {
      return [undefined];
    }
  });
  const lines = values.filter(isObject);
  const writes = lines.map(parseWrite).filter((write) => write !== undefined);
  const rest = lines.filter(({ method }) => method === undefined);
  const lastSyncAt = numberOr(rest[0]?.['lastSyncAt'], undefined);
  return {
    queue: { writes, ...(lastSyncAt !== undefined && { lastSyncAt }) },
    damaged: values.length - writes.length - rest.length,
  };
}

const methods: readonly (Json | undefined)[] = ['PATCH', 'POST', 'PUT', 'DELETE'];
const numberOr = <T>(value: Json | undefined, otherwise: T): number | T =>
  typeof value === 'number' && Number.isFinite(value) ? value : otherwise;

/**
 * Parses a stored write; returns undefined for one that cannot be sent. A damaged number of attempts counts
 * as one attempt, because the write may have been sent.
 */
function parseWrite(line: JsonObject): PendingWrite | undefined {
  const { method, key, url, body, base, token, failed, error } = line;
  if (!methods.includes(method) || typeof key !== 'string' || typeof url !== 'string') return undefined;
  if (method === 'PATCH' && !(isObject(body) && isObject(base) && typeof token === 'string'))
    return undefined;
  if (body !== undefined && !isObject(body)) return undefined;
  const triedAt = numberOr(line['triedAt'], undefined);
  return {
    ...(line as unknown as PendingWrite),
    attempts: numberOr(line['attempts'], 1),
    failures: numberOr(line['failures'], 0),
    triedAt,
    waitMs: numberOr(line['waitMs'], 0),
    error: isObject(error) && typeof error['reason'] === 'string' ? (error as never) : undefined,
    failed: failed === true,
  };
}
