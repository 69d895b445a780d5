import type { Digest } from './web-digest.ts';
import type { JsonObject } from '../protocol/json.ts';
import type { Lock, SyncStorage } from './storage/sync-storage.ts';

/** The members of a `Response` that this client uses. */
export interface SyncReply {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

/** Options of a request. `fetch` gets them together with the header fields of this protocol. */
export interface SyncInit extends Omit<RequestInit, 'headers' | 'method' | 'body'> {
  readonly headers?: Readonly<Record<string, string>>;
}

/** Options of one call. When it is aborted or times out, other calls that share its request continue. */
export interface CallInit extends SyncInit {
  /** Rejects this call with the signal's reason. */
  readonly signal?: AbortSignal | null;
  /** Time limit of this call in milliseconds. Default and maximum: the time limit of the client. */
  readonly timeoutMs?: number;
}

export interface SyncClientOptions {
  readonly storage: SyncStorage;
  readonly fetch: (url: string, init: SyncInit) => Promise<SyncReply>;
  /**
   * Returns the SHA-256 of a text in UTF-8, as base64. Default: WebCrypto, or JavaScript if there is none.
   */
  readonly digest?: Digest;
  /** Time limit of a refresh in milliseconds; a storage operation gets a quarter of it. Default 20,000. */
  readonly timeoutMs?: number;
  /**
   * Excludes other tabs and processes that use the storage. Default: Web Locks, otherwise a lease in the
   * storage.
   */
  readonly lock?: Lock;
}

/**
 * Why there is no usable answer.
 *
 * - `offline`: the request failed.
 * - `timeout`: the request took longer than the limit.
 * - `foreign`: the answer is not from our server but, for instance, from a captive portal or a proxy: content
 * type, `_meta` or ETag differ.
 * - `unavailable`: 408, 425, 429 or 5xx.
 * - `degraded`: a 200 that contains only fallback values.
 * - `refused`: any other 4xx with problem details; a retry will not help.
 * - `forgotten`: `forget` was called meanwhile.
 */
export type NoAnswerReason =
  'offline' | 'timeout' | 'foreign' | 'unavailable' | 'degraded' | 'refused' | 'forgotten';

export interface NoAnswer {
  readonly reason: NoAnswerReason;
  /** Status of the answer; undefined without one. */
  readonly status?: number;
  /** The `Retry-After` of the answer in milliseconds, at most an hour. */
  readonly retryAfterMs?: number;
  /** Problem details (RFC 9457) of the answer. */
  readonly problem?: JsonObject;
}

export interface Refresh extends Partial<NoAnswer> {
  readonly view: JsonObject;
  /**
   * - `unchanged`: the stored view is current.
   * - `patched`, `full`: the view is new.
   * - `kept`: the stored view, because there was no usable answer; `reason` says why.
   */
  readonly outcome: 'unchanged' | 'patched' | 'full' | 'kept';
  /**
   * Members that are not fresh because their sources are degraded; they have this device's stored values if
   * there are any.
   */
  readonly degraded: readonly string[];
  /** Bytes of all bodies received, as transferred if the answer has a length. */
  readonly bytes: number;
}

export interface SyncClient {
  /**
   * Refreshes the view of a screen. Concurrent calls for one URL share one request with the first call's
   * init.
   * @throws {SyncFailed} when the server refuses (401, 403, 404 ...), when there is neither a usable answer
   * nor a stored view, and when `forget` was called meanwhile. The stored view stays, unless `forget` was
   * called.
   * @throws the reason of `init.signal` when that is aborted
   */
  refresh(url: string, init?: CallInit): Promise<Refresh>;
  /** Returns the stored view of a screen without a request, to show something at once. */
  last(url: string): Promise<JsonObject | undefined>;
  /**
   * Deletes all views and pending writes of the storage, at logout. Requests in flight, also those of other
   * tabs, store nothing afterwards. Rejects when the storage fails; call it again then.
   */
  forget(): Promise<void>;
}

/**
 * Thrown when the server refuses, when there is neither a usable answer nor a stored view, or after `forget`.
 */
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
