import { applyPatch, type Json, type JsonObject, type JsonPatch, type SyncStorage } from '@bff/diff-sync';

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

type Fields = Readonly<Record<string, string>>;

/** Sends a request, by default a GET with `Accept-Encoding: identity`. */
export async function ask(url: string, fields: Fields, method = 'GET'): Promise<Answered> {
  const headers = { 'Accept-Encoding': 'identity', ...fields };
  const response = await fetch(url, { method, headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Returns the request header fields of a device that has stored an answer. */
export const having = (...answers: readonly Answered[]): Fields => ({
  'A-IM': 'json-patch',
  'If-None-Match': answers.map(tagOf).join(', '),
});

export const tagOf = ({ headers }: Answered): string => headers.get('etag') ?? 'none';

/** Returns the view in a 200. */
export function viewOf({ text }: Answered): JsonObject {
  const { _meta, ...view } = JSON.parse(text) as JsonObject;
  return _meta === undefined ? {} : view;
}

export const patchOf = ({ status, text }: Answered): JsonPatch =>
  status === 226 ? (JSON.parse(text) as JsonPatch) : [];

/** Returns the view after applying the patch in a 226 to `view`. */
export const patched = (view: JsonObject, answer: Answered): Json => applyPatch(view, patchOf(answer));

export class MemoryStorage implements SyncStorage {
  readonly texts = new Map<string, string>();
  get = async (key: string): Promise<string | undefined> => this.texts.get(key);
  set = async (key: string, value: string): Promise<void> => void this.texts.set(key, value);
  delete = async (key: string): Promise<void> => void this.texts.delete(key);
}
