import { withoutMeta } from '../server/carry-over.ts';
import { isObject, type Json, type JsonObject } from '../protocol/json.ts';
import { tokenOf } from './read-answer.ts';
import { type SyncInit } from './sync-client.ts';
import { type PendingWrite, type WriteInit, type WriteQueueOptions } from './write-queue.ts';

/** What an answer to a write, or to the question for the state of now, means. */
export type WriteReply =
  | { readonly kind: 'done'; readonly view: JsonObject; readonly token?: string }
  | { readonly kind: 'rejected'; readonly status: number; readonly problem: JsonObject }
  /** No usable answer for now. */
  | { readonly kind: 'later'; readonly status?: number; readonly retryAfter?: string };

type Fetch = WriteQueueOptions['fetch'];

export async function sendWrite(fetch: Fetch, init: SyncInit, write: PendingWrite): Promise<WriteReply> {
  const headers = { ...init.headers, 'Idempotency-Key': `"${write.key}"` };
  if (write.method === 'POST') return exchange(fetch, write.url, { ...init, method: 'POST', headers });
  return exchange(fetch, write.url, {
    ...init,
    method: 'PATCH',
    headers: { ...headers, 'Content-Type': 'application/merge-patch+json', 'If-Match': `"${write.token}"` },
    body: JSON.stringify(write.body),
  });
}

/** The state of now, for which no cache may answer. */
export async function readCurrent(fetch: Fetch, init: SyncInit, url: string): Promise<WriteReply> {
  const headers = { ...init.headers, 'Cache-Control': 'no-cache' };
  const reply = await exchange(fetch, url, { ...init, method: 'GET', headers });
  // Without a name it is degraded, and shows what is not there.
  return reply.kind === 'done' && reply.token === undefined ? { kind: 'later', status: 200 } : reply;
}

/** What says "later"; 401 does, because the user logs in again and the writes are still theirs. */
const later = new Set([401, 408, 425, 429]);

async function exchange(fetch: Fetch, url: string, init: WriteInit): Promise<WriteReply> {
  try {
    const reply = await fetch(url, init);
    const { status, headers } = reply;
    const text = await reply.text();
    if (status >= 500 || later.has(status)) {
      const retryAfter = headers.get('Retry-After');
      return { kind: 'later', status, ...(retryAfter && { retryAfter }) };
    }
    // A captive portal answers 200 or 403 with a page of its own: that is no answer, and nothing is dropped for it.
    const body = JSON.parse(text) as Json;
    if (!isObject(body)) return { kind: 'later', status };
    if (status >= 200 && status < 300) {
      const token = tokenOf(headers.get('ETag'));
      return { kind: 'done', view: withoutMeta(body), ...(token && { token }) };
    }
    if (!headers.get('Content-Type')?.startsWith('application/problem+json'))
      return { kind: 'later', status };
    return { kind: 'rejected', status, problem: body };
  } catch {
    return { kind: 'later' };
  }
}
