import { isObject, type Json, type JsonObject } from '../../protocol/json.ts';
import { randomKey } from '../random-key.ts';
import type { Exclusive } from './storage-lock.ts';
import type { SyncStorage } from './sync-storage.ts';

/** A view and its token, stored as one text so that the token always identifies exactly this view. */
export interface StoredView {
  readonly view: JsonObject;
  /** Absent when the server has no token for this view: the next answer is complete. */
  readonly token?: string;
}

/**
 * Identifies the time between two calls of `forget`; undefined until `forget` is called for the first time.
 */
export type Epoch = string | undefined;

/**
 * The views of a device. When the storage fails or is damaged, the next answer is complete; no operation
 * throws.
 */
export interface StoredViews {
  /** Returns the view, and the epoch that {@link StoredViews.write} needs for the result of a request. */
  read(url: string): Promise<{ readonly kept: StoredView | undefined; readonly epoch: Epoch }>;
  /** Does nothing when `forget` was called since the epoch was read. */
  write(url: string, view: StoredView, epoch: Epoch): Promise<void>;
  forget(): Promise<void>;
}

interface Index {
  readonly epoch?: string;
  readonly urls: readonly string[];
}

const indexKey = 'sync';
export const pendingWritesKey = 'writes';
const keyOf = (url: string): string => `sync:${url}`;

export function createStoredViews(storage: SyncStorage, exclusive: Exclusive): StoredViews {
  const readIndex = async (): Promise<Index> => parseIndex(await readObject(indexKey));

  /** Returns an empty object for damaged text. */
  async function readObject(key: string): Promise<JsonObject> {
    const text = await storage.get(key);
    try {
      const value = JSON.parse(text ?? '') as Json;
      return isObject(value) ? value : {};
    } catch {
      return {};
    }
  }

  return {
    async read(url) {
      const none = (): JsonObject => ({});
      const [{ view, token, epoch: since }, { epoch }] = await Promise.all([
        readObject(keyOf(url)).catch(none),
        readObject(indexKey).catch(none).then(parseIndex),
      ]);
      // A view of another epoch belongs to a user who has logged out.
      const isKept = isObject(view) && since === epoch;
      return { epoch, kept: isKept ? { view, ...(typeof token === 'string' && { token }) } : undefined };
    },
    async write(url, { view, token }, epoch) {
      try {
        await exclusive(async () => {
          const index = await readIndex();
          if (index.epoch !== epoch) return;
          if (!index.urls.includes(url))
            await storage.set(indexKey, JSON.stringify({ epoch, urls: [...index.urls, url] }));
          await storage.set(keyOf(url), JSON.stringify({ token, view, epoch }));
        });
      } catch {
        // A failed write loses nothing: the previously stored view is still valid with its own token.
      }
    },
    forget: () =>
      exclusive(async () => {
        const { urls } = await readIndex();
        // Written first, so that views are neither read nor written if a later step fails.
        await storage.set(indexKey, JSON.stringify({ epoch: randomKey(), urls }));
        for (const key of [pendingWritesKey, ...urls.map(keyOf)]) await storage.delete(key);
      }),
  };
}

function parseIndex({ epoch, urls }: JsonObject): Index {
  const known = Array.isArray(urls) ? (urls as Json[]) : [];
  return {
    ...(typeof epoch === 'string' && { epoch }),
    urls: known.filter((url) => typeof url === 'string'),
  };
}
