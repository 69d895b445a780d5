import {
  syncHeaders,
  type JsonObject,
  type SyncAnswer,
  type SyncClientOptions,
  type SyncStorage,
} from '../src/index.ts';

/** The answer on the wire, as an app sends it. */
export function respond(answer: SyncAnswer): Response {
  const headers = new Headers(syncHeaders(answer));
  headers.set('Cache-Control', 'private, no-cache');
  if (answer.kind === 'not-modified') {
    headers.set('ETag', `"${answer.token}"`);
    return new Response(null, { status: 304, headers });
  }
  if (answer.kept.length > 0) {
    headers.set('BFF-Degraded', 'things;reason=timeout;fallback=default');
    headers.set('Cache-Control', 'no-store');
  }
  if (answer.kind === 'delta') return new Response(answer.body, { status: 226, headers });
  headers.set('Content-Type', 'application/json');
  if (answer.token) headers.set('ETag', `"${answer.token}"`);
  const _meta = { etag: answer.token, complete: answer.kept.length === 0, degraded: [] };
  return new Response(JSON.stringify({ ...answer.view, _meta }), { status: 200, headers });
}

/** A device's storage, which can be looked into and broken. */
export class MemoryStorage implements SyncStorage {
  readonly texts = new Map<string, string>();
  writes = 0;
  broken: 'get' | 'set' | undefined;

  async get(key: string): Promise<string | undefined> {
    if (this.broken === 'get') throw new Error('storage');
    return this.texts.get(key);
  }
  async set(key: string, value: string): Promise<void> {
    if (this.broken === 'set') throw new Error('quota');
    this.writes++;
    this.texts.set(key, value);
  }
  async delete(key: string): Promise<void> {
    this.texts.delete(key);
  }
}

export interface Sent {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Answers in the order given; what is an error is thrown. */
export function scripted(...answers: (Response | Error | (() => Response | Promise<Response>))[]) {
  const sent: Sent[] = [];
  const fetch: SyncClientOptions['fetch'] = async (url, init) => {
    sent.push({ url, headers: init.headers ?? {} });
    const next = answers[sent.length - 1];
    if (next instanceof Error) throw next;
    if (!next) throw new Error('nothing more in the script');
    return typeof next === 'function' ? next() : next;
  };
  return { fetch, sent };
}

export const json = (view: JsonObject, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(view), { headers });
