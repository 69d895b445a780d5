import { createStoredViews } from './stored-views.ts';
import { readAnswer, type Reading } from './read-answer.ts';
import {
  SyncFailed,
  type Refresh,
  type SyncClient,
  type SyncClientOptions,
  type SyncInit,
} from './sync-client.ts';
import { webDigest } from './web-digest.ts';

/** The device's half. It needs what is handed in, `TextEncoder` and `btoa`; nothing of Node. */
export function createSyncClient({ storage, fetch, digest = webDigest() }: SyncClientOptions): SyncClient {
  const views = createStoredViews(storage);
  const underWay = new Map<string, Promise<Refresh>>();

  async function refresh(url: string, init: SyncInit): Promise<Refresh> {
    const kept = await views.read(url);
    let bytes = 0;

    /** Rejects as `fetch` does. Undefined: an answer came and is of no use. */
    async function ask(token: string | undefined): Promise<Reading | undefined> {
      const headers = {
        ...init.headers,
        'A-IM': 'json-patch',
        ...(token && { 'If-None-Match': `"${token}"` }),
      };
      const reply = await fetch(url, { ...init, headers });
      const text = await reply.text();
      bytes += Number(reply.headers.get('Content-Length') ?? new TextEncoder().encode(text).length);
      return readAnswer(reply, text, kept && { view: kept.view, token }, digest).catch(() => undefined);
    }

    let reading: Reading | undefined;
    let cause: unknown;
    try {
      reading = (await ask(kept?.token)) ?? (await ask(undefined));
    } catch (error) {
      cause = error;
    }
    if (reading?.kind === 'refused') throw new SyncFailed(reading.status);
    if (!reading || reading.kind === 'failed') {
      if (!kept) throw new SyncFailed(reading?.status, cause);
      return { view: kept.view, outcome: 'kept', degraded: [], bytes };
    }
    const { kind: outcome, view, token, degraded, worthKeeping } = reading;
    if (worthKeeping && (!token || token !== kept?.token)) await views.write(url, { view, token });
    return { view, outcome, degraded, bytes };
  }

  return {
    refresh(url, init = {}) {
      const running = underWay.get(url);
      if (running) return running;
      const started = refresh(url, init).finally(() => underWay.delete(url));
      underWay.set(url, started);
      return started;
    },
    last: async (url) => (await views.read(url))?.view,
  };
}
