import { isObject, type Json, type JsonObject } from '../protocol/json.ts';
import type { NoAnswer, SyncReply } from './sync-client.ts';
import { TimedOut, withTimeLimit } from './time-limit.ts';

/**
 * Prevents a cache below `fetch` (browser, OkHttp, NSURLSession) from answering a request or making it
 * conditional: a patch for the cache's own `If-None-Match` would start from a view that this device does not
 * have. This is a header field because React Native's `fetch` ignores the option `cache: 'no-store'`, or
 * changes the URL for it.
 */
export const bypassCacheHeaders = { 'Cache-Control': 'no-cache, no-store' };

/** An answer with a status below 400. */
export interface Answer {
  readonly status: number;
  readonly headers: SyncReply['headers'];
  readonly text: string;
}

/** Client errors (4xx) after which the request is retried later, as after 5xx. */
const later = new Set([408, 425, 429]);
const longestRetryAfterMs = 3_600_000;

/**
 * Sends one request and returns its result. Does not reject on network errors, or on answers that come from a
 * proxy or captive portal instead of our server.
 * @param ms time limit, also for a `fetch` that ignores its signal
 * @throws the reason of `signal` when that is aborted
 */
export async function exchange<Init extends object>(
  fetch: (url: string, init: Init) => Promise<SyncReply>,
  url: string,
  init: Init,
  ms: number,
  signal: AbortSignal,
): Promise<Answer | NoAnswer> {
  try {
    return await withTimeLimit(
      ms,
      async (limit) => classify(await receive(fetch, url, { ...init, signal: limit })),
      signal,
    );
  } catch (error) {
    if (signal.aborted) throw error;
    return { reason: error instanceof TimedOut ? 'timeout' : 'offline' };
  }
}

async function receive<Init>(
  fetch: (url: string, init: Init) => Promise<SyncReply>,
  url: string,
  init: Init,
): Promise<Answer> {
  const reply = await fetch(url, init);
  return { status: reply.status, headers: reply.headers, text: await reply.text() };
}

function classify(answer: Answer): Answer | NoAnswer {
  const { status, headers } = answer;
  if (status < 400) return answer;
  const wait = retryAfterMs(headers);
  const problem = jsonOf(answer, 'application/problem+json');
  return {
    // A 403 without problem details comes from a captive portal, not from our server.
    reason: status >= 500 || later.has(status) ? 'unavailable' : problem ? 'refused' : 'foreign',
    status,
    ...(wait !== undefined && { retryAfterMs: wait }),
    ...(problem && { problem }),
  };
}

/**
 * Returns the body as an object; undefined when it is not an object, or when the answer has another content
 * type.
 */
export function jsonOf({ headers, text }: Answer, type = 'application/json'): JsonObject | undefined {
  if (headers.get('Content-Type')?.split(';')[0]?.trim().toLowerCase() !== type) return undefined;
  try {
    const body = JSON.parse(text) as Json;
    return isObject(body) ? body : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Returns `Retry-After` in milliseconds, from seconds or a date (RFC 9110, section 10.2.3). A date is
 * compared with the server's own `Date`.
 */
export function retryAfterMs(headers: SyncReply['headers']): number | undefined {
  const field = headers.get('Retry-After');
  if (!field) return undefined;
  const now = Date.parse(headers.get('Date') ?? '') || Date.now();
  const ms = /^\d+$/.test(field) ? Number(field) * 1_000 : Date.parse(field) - now;
  return ms > 0 ? Math.min(ms, longestRetryAfterMs) : undefined;
}
