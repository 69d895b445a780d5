import {
  syncHeaders,
  type JsonObject,
  type Lock,
  type SyncAnswer,
  type SyncClientOptions,
  type SyncStorage,
} from '../src/index.ts';

/** Creates the response that an app sends for an answer. */
export function respond(
  answer: SyncAnswer,
  isDegraded = answer.kind !== 'not-modified' && answer.kept.length > 0,
): Response {
  const headers = new Headers(syncHeaders(answer));
  headers.set('Cache-Control', 'private, no-cache');
  if (answer.kind === 'not-modified') {
    headers.set('ETag', `"${answer.token}"`);
    return new Response(null, { status: 304, headers });
  }
  if (isDegraded) {
    headers.set('BFF-Degraded', 'things;reason=timeout;fallback=default');
    headers.set('Cache-Control', 'no-store');
  }
  if (answer.kind === 'delta') return new Response(answer.body, { status: 226, headers });
  headers.set('Content-Type', 'application/json');
  if (answer.token) headers.set('ETag', `"${answer.token}"`);
  const _meta = { etag: answer.token, complete: !isDegraded, degraded: [] };
  return new Response(JSON.stringify({ ...answer.view, _meta }), { status: 200, headers });
}

/** The storage of a device, which a test can read and make fail. */
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

/** Creates the Web Locks of one origin, which all tabs share. */
export function originLock(): Lock {
  const chains = new Map<string, Promise<unknown>>();
  return (name, work) => {
    const run = (chains.get(name) ?? Promise.resolve()).then(work);
    chains.set(
      name,
      run.catch(() => undefined),
    );
    return run;
  };
}

export function abortable(): { readonly signal: AbortSignal; abort(): void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort(new Error('aborted')) };
}

export interface Sent {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | null | undefined;
}

/** Creates a `fetch` that returns the given answers one after the other, and throws those that are errors. */
export function scripted(...answers: (Response | Error | (() => Response | Promise<Response>))[]) {
  const sent: Sent[] = [];
  const fetch: SyncClientOptions['fetch'] = async (url, init) => {
    sent.push({ url, headers: init.headers ?? {}, signal: init.signal });
    const next = answers[sent.length - 1];
    if (next instanceof Error) throw next;
    if (!next) throw new Error('no further answer is scripted');
    return typeof next === 'function' ? next() : next;
  };
  return { fetch, sent };
}

/** Creates the 200 of a screen, with the `_meta` of every answer. */
export function json(view: JsonObject, headers: Record<string, string> = {}): Response {
  const etag = /^(?:W\/)?"([\w-]{24})/.exec(headers['ETag'] ?? '')?.[1];
  const _meta = { etag, complete: !headers['BFF-Degraded'], degraded: [] };
  return Response.json({ ...view, _meta }, { headers });
}
