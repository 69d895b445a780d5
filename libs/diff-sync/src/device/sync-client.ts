import type { Digest } from './web-digest.ts';
import type { JsonObject } from '../protocol/json.ts';
import type { Lock, SyncStorage } from './storage/sync-storage.ts';

/** The part of a `Response` that is used. */
export interface SyncReply {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

/** Passed to `fetch` with the fields of this protocol added. */
export interface SyncInit extends Omit<RequestInit, 'headers' | 'method' | 'body'> {
  readonly headers?: Readonly<Record<string, string>>;
}

/** Options of one call. Other calls that share its request go on when this one is aborted or times out. */
export interface CallInit extends SyncInit {
  /** Rejects this call with the signal's reason. */
  readonly signal?: AbortSignal | null;
  /** Time limit of this call in milliseconds. Default, and upper bound: that of the client. */
  readonly timeoutMs?: number;
}

export interface SyncClientOptions {
  readonly storage: SyncStorage;
  readonly fetch: (url: string, init: SyncInit) => Promise<SyncReply>;
  /** SHA-256 of the UTF-8 of a text, base64. Default: WebCrypto, or JavaScript where there is none. */
  readonly digest?: Digest;
  /** Time limit of a refresh in milliseconds; one operation of the storage gets a quarter of it. Default 20,000. */
  readonly timeoutMs?: number;
  /** Excludes other tabs and processes that use the storage. Default: Web Locks, else a lease in the storage. */
  readonly lock?: Lock;
}

/**
 * Why no usable answer came.
 *
 * - `offline`: the request failed.
 * - `timeout`: it took longer than the limit.
 * - `foreign`: somebody else answered, such as a captive portal or a proxy: not the content type, `_meta` and ETag of ours.
 * - `unavailable`: 408, 425, 429 or 5xx.
 * - `degraded`: a 200 of fallback values only.
 * - `refused`: another 4xx with problem details: asking again will not help.
 * - `forgotten`: `forget` was called meanwhile.
 */
export type NoAnswerReason =
  'offline' | 'timeout' | 'foreign' | 'unavailable' | 'degraded' | 'refused' | 'forgotten';

export interface NoAnswer {
  readonly reason: NoAnswerReason;
  /** Of the answer; undefined when none came. */
  readonly status?: number;
  /** The `Retry-After` of the answer in milliseconds, at most an hour. */
  readonly retryAfterMs?: number;
  /** Problem details (RFC 9457) of the answer. */
  readonly problem?: JsonObject;
}

export interface Refresh extends Partial<NoAnswer> {
  readonly view: JsonObject;
  /**
   * - `unchanged`: the stored view is the current one.
   * - `patched`, `full`: the view is new.
   * - `kept`: no usable answer, for the `reason`: the stored view.
   */
  readonly outcome: 'unchanged' | 'patched' | 'full' | 'kept';
  /** Members that are not fresh because their sources are degraded; this device's own values where it has some. */
  readonly degraded: readonly string[];
  /** Bytes of all bodies received, as transferred where the answer gives its length. */
  readonly bytes: number;
}

export interface SyncClient {
  /**
   * Brings the view of a screen up to date. Concurrent calls for one URL share one request, with the first one's init.
   *
   * @throws {SyncFailed} when the server refuses (401, 403, 404 ...), when no usable answer came and no view is stored, and
   *   when `forget` was called meanwhile. The stored view stays, except after `forget`.
   * @throws the reason of `init.signal` when that is aborted
   */
  refresh(url: string, init?: CallInit): Promise<Refresh>;
  /** Returns the stored view of a screen without a request: for the first frame. */
  last(url: string): Promise<JsonObject | undefined>;
  /**
   * Deletes all views and pending writes of the storage, at logout. Requests in flight, of other tabs too, store nothing any
   * more. Rejects when the storage fails: call it again then.
   */
  forget(): Promise<void>;
}

/** No usable answer, and nothing to show instead. */
export class SyncFailed extends Error implements NoAnswer {
  override readonly name = 'SyncFailed';
  readonly reason: NoAnswerReason;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly problem: JsonObject | undefined;

  constructor({ reason, status, retryAfterMs, problem }: NoAnswer, cause?: unknown) {
    super(status === undefined ? `no usable answer: ${reason}` : `no usable answer: ${reason} (${status})`, {
      cause,
    });
    this.reason = reason;
    this.status = status;
    this.retryAfterMs = retryAfterMs;
    this.problem = problem;
  }
}
