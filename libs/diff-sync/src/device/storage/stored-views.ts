import { isObject, type Json, type JsonObject } from '../../protocol/json.ts';
import { randomKey } from '../random-key.ts';
import type { Exclusive } from './storage-lock.ts';
import type { SyncStorage } from './sync-storage.ts';

/** A view and the token that names exactly it: one text, so that neither is ever without the other. */
export interface StoredView {
  readonly view: JsonObject;
  /** None when the server has no name for this view: the next answer is a full one. */
  readonly token?: string;
}

/** Names the time between two calls of `forget`. Undefined before the first one. */
export type Epoch = string | undefined;

/** The views of a device. A storage that fails or is damaged costs a full answer, never an error. */
export interface StoredViews {
  /** Returns the view, and the epoch that {@link StoredViews.write} needs for what a request brings. */
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

  /** Damaged is as if there were nothing. */
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
      // Another epoch: left by somebody who has logged out.
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
        // What was stored before is still a view with its own token.
      }
    },
    forget: () =>
      exclusive(async () => {
        const { urls } = await readIndex();
        // First, so that nothing is written or read any more when the rest fails.
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
