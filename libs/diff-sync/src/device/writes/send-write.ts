import { withoutMeta } from '../../server/preserve-members.ts';
import { isObject, type JsonObject } from '../../protocol/json.ts';
import { exchange, jsonOf, bypassCacheHeaders, retryAfterMs, type Answer } from '../exchange.ts';
import { tokenOf } from '../read-answer.ts';
import type { NoAnswer, SyncInit } from '../sync-client.ts';
import type { PendingWrite, WriteInit, WriteQueueOptions } from './write-queue.ts';

/** Result of a write, or of reading the current state. */
export type WriteReply =
  /** The write was applied, or the state was read. Without `view`, the answer to the write had no content. */
  | { readonly kind: 'done'; readonly view?: JsonObject; readonly token?: string }
  | { readonly kind: 'rejected'; readonly status: number; readonly problem: JsonObject }
  /** No usable answer yet. `isFailure`: the server failed while processing the write. */
  | { readonly kind: 'later'; readonly error: NoAnswer; readonly isFailure?: boolean };

/** `unknown`: the write never arrived, or the server keeps no receipts. */
export type Receipt = WriteReply | { readonly kind: 'unknown' };

export interface Sender {
  send(write: PendingWrite): Promise<WriteReply>;
  /** Reads the current state of a URL. */
  read(url: string): Promise<WriteReply>;
  receipt(url: string): Promise<Receipt>;
}

export function createSender(
  fetch: WriteQueueOptions['fetch'],
  init: SyncInit,
  timeoutMs: number,
  signal: AbortSignal,
): Sender {
  const request = (url: string, more: WriteInit): Promise<Answer | NoAnswer> =>
    exchange(
      fetch,
      url,
      { ...init, ...more, headers: { ...init.headers, ...more.headers } },
      timeoutMs,
      signal,
    );
  const get = (url: string): Promise<Answer | NoAnswer> =>
    request(url, { method: 'GET', headers: bypassCacheHeaders });

  return {
    async send(write) {
      const { method, body, key, url } = write;
      const headers: Record<string, string> = { 'Idempotency-Key': `"${key}"` };
      if (body) headers['Content-Type'] = `application/${method === 'PATCH' ? 'merge-patch+' : ''}json`;
      if (method === 'PATCH') headers['If-Match'] = `"${write.token}"`;
      const answer = await request(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
      return replyOf(answer, method === 'PATCH');
    },
    async read(url) {
      const reply = replyOf(await get(url), true);
      // An answer without a token is degraded and may show fallbacks, so it is not the current state.
      return reply.kind === 'done' && !reply.token
        ? { kind: 'later', error: { reason: 'degraded', status: 200 } }
        : reply;
    },
    async receipt(url) {
      const answer = await get(url);
      if ('reason' in answer) {
        const reply = replyOf(answer, false);
        return reply.kind === 'rejected' ? { kind: 'unknown' } : reply;
      }
      const { state, status, problem } = jsonOf(answer) ?? {};
      if (state === 'applied') return { kind: 'done' };
      if (state === 'refused' && typeof status === 'number')
        return { kind: 'rejected', status, problem: isObject(problem) ? problem : { status } };
      if (state === 'in-flight')
        return {
          kind: 'later',
          error: { reason: 'unavailable', status: 200, retryAfterMs: retryAfterMs(answer.headers) },
        };
      return { kind: 'later', error: { reason: 'foreign', status: answer.status } };
    },
  };
}

/** Returns what an answer means for a write. @param named whether a complete answer must have a token */
function replyOf(answer: Answer | NoAnswer, named: boolean): WriteReply {
  const { status = 0 } = answer;
  if ('reason' in answer) {
    const { reason, problem, retryAfterMs } = answer;
    // 401: the writes wait until the same user has logged in again. 409 with `Retry-After`: an earlier
    // attempt is still in flight.
    const isLater = reason !== 'refused' || status === 401 || (status === 409 && retryAfterMs !== undefined);
    if (!isLater) return { kind: 'rejected', status, problem: problem ?? {} };
    const isFailure = problem !== undefined && status >= 500 && status !== 503 && status !== 504;
    return { kind: 'later', error: answer, isFailure };
  }
  if (status === 204 || status === 205) return { kind: 'done' };
  const body = jsonOf(answer);
  const meta = body?.['_meta'];
  const token = tokenOf(answer.headers.get('ETag'));
  const isOurs =
    status >= 200 &&
    status < 300 &&
    isObject(meta) &&
    (!named || token !== undefined || meta['complete'] === false);
  if (!body || !isOurs) return { kind: 'later', error: { reason: 'foreign', status } };
  return { kind: 'done', view: withoutMeta(body), ...(token && { token }) };
}
