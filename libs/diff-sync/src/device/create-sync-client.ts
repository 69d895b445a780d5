import { boundedStorage } from './storage/bounded-storage.ts';
import { exchange, bypassCacheHeaders } from './exchange.ts';
import { readAnswer, type Reading } from './read-answer.ts';
import { createSharedCalls } from './shared-calls.ts';
import { createExclusive, defaultLock } from './storage/storage-lock.ts';
import { createStoredViews } from './storage/stored-views.ts';
import {
  SyncFailed,
  type NoAnswer,
  type Refresh,
  type SyncClient,
  type SyncClientOptions,
  type SyncInit,
} from './sync-client.ts';
import { defaultTimeoutMs, TimedOut, withTimeLimit } from './time-limit.ts';
import { webDigest } from './web-digest.ts';

/**
 * Creates the client that stores views on a device and refreshes them. In addition to its options it uses
 * only `TextEncoder`, `btoa`, `AbortController` and `setTimeout`, nothing of Node.
 * @example const { view, outcome, reason } = await createSyncClient({ storage, fetch }).refresh(url);
 */
export function createSyncClient(options: SyncClientOptions): SyncClient {
  const { fetch, digest = webDigest(), timeoutMs = defaultTimeoutMs } = options;
  const storage = boundedStorage(options.storage, timeoutMs / 4);
  const exclusive = createExclusive(options.lock ?? defaultLock(storage), 'edit', timeoutMs / 4);
  const views = createStoredViews(storage, exclusive);
  const calls = createSharedCalls<Refresh>();

  async function refresh(url: string, init: SyncInit, signal: AbortSignal): Promise<Refresh> {
    const { kept, epoch } = await views.read(url);
    let bytes = 0;

    async function ask(
      token: string | undefined,
    ): Promise<(Reading & { readonly status: number }) | NoAnswer> {
      const headers = {
        ...init.headers,
        ...bypassCacheHeaders,
        'A-IM': 'json-patch',
        ...(token && { 'If-None-Match': `"${token}"` }),
      };
      const answer = await exchange(fetch, url, { ...init, headers }, timeoutMs, signal);
      if ('reason' in answer) return answer;
      bytes += Number(answer.headers.get('Content-Length') ?? new TextEncoder().encode(answer.text).length);
      const base = kept && { view: kept.view, token };
      const { status } = answer;
      return readAnswer(answer, base, digest).then(
        (reading) => ({ status, ...reading }),
        () => ({ reason: 'foreign', status }),
      );
    }

    let reading = await ask(kept?.token);
    // The patch or 304 was not usable, but the complete answer to an unconditional request may be.
    if ('reason' in reading && reading.reason === 'foreign' && (reading.status ?? 0) < 400)
      reading = await ask(undefined);
    if ('reason' in reading) {
      if (!kept || reading.reason === 'refused') throw new SyncFailed(reading);
      return { view: kept.view, outcome: 'kept', degraded: [], bytes, ...reading };
    }
    const { token, worthKeeping, ...result } = reading;
    if (worthKeeping && !signal.aborted && (!token || token !== kept?.token))
      await views.write(url, { view: reading.view, token }, epoch);
    return { ...result, bytes };
  }

  async function onTimeOut(url: string, error: unknown): Promise<Refresh> {
    if (!(error instanceof TimedOut)) throw error;
    const { kept } = await views.read(url);
    if (!kept) throw new SyncFailed({ reason: 'timeout' }, error);
    return { view: kept.view, outcome: 'kept', reason: 'timeout', degraded: [], bytes: 0 };
  }

  return {
    async refresh(url, { signal, timeoutMs: callTimeoutMs = timeoutMs, ...init } = {}) {
      const run = (all: AbortSignal): Promise<Refresh> =>
        withTimeLimit(timeoutMs, (limit) => refresh(url, init, limit), all);
      const caller = { signal, timeoutMs: Math.min(callTimeoutMs, timeoutMs) };
      try {
        return await calls.call(url, caller, run);
      } catch (error) {
        return onTimeOut(url, error);
      }
    },
    last: async (url) => (await views.read(url)).kept?.view,
    async forget() {
      calls.abort(new SyncFailed({ reason: 'forgotten' }));
      await views.forget();
    },
  };
}
