import { isObject, type Json, type JsonObject } from '../protocol/json.ts';
import { type SyncStorage } from './sync-client.ts';

/** A view and the token that names exactly it: one text, so that neither is ever without the other. */
export interface StoredView {
  readonly view: JsonObject;
  /** None when the server has no name for this view: the next answer is a full one. */
  readonly token?: string;
}

/** What a device keeps. A storage that fails costs a full answer, never an error. */
export interface StoredViews {
  read(url: string): Promise<StoredView | undefined>;
  write(url: string, kept: StoredView): Promise<void>;
}

export function createStoredViews(storage: SyncStorage): StoredViews {
  const keyOf = (url: string): string => `sync:${url}`;

  return {
    async read(url) {
      try {
        const text = await storage.get(keyOf(url));
        return text ? parseStored(text) : undefined;
      } catch {
        return undefined;
      }
    },
    async write(url, { view, token }) {
      try {
        await storage.set(keyOf(url), JSON.stringify({ token, view }));
      } catch {
        // What was kept before is still a view with its own token.
      }
    },
  };
}

function parseStored(text: string): StoredView | undefined {
  const kept = JSON.parse(text) as Json;
  if (!isObject(kept) || !isObject(kept['view'])) return undefined;
  const token = kept['token'];
  return { view: kept['view'], ...(typeof token === 'string' && { token }) };
}
