import { type Digest } from './web-digest.ts';
import { type JsonObject } from '../protocol/json.ts';

/** Texts by key, such as AsyncStorage or IndexedDB has them. One storage belongs to one signed-in user. */
export interface SyncStorage {
  get(key: string): Promise<string | null | undefined>;
  set(key: string, value: string): Promise<unknown>;
  delete(key: string): Promise<unknown>;
}

/** What of a `Response` is used. */
export interface SyncReply {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

/** Handed to `fetch` with the fields of this protocol added. A lost `signal` counts as being offline. */
export interface SyncInit extends Omit<RequestInit, 'headers' | 'method' | 'body'> {
  readonly headers?: Readonly<Record<string, string>>;
}

export interface SyncClientOptions {
  readonly storage: SyncStorage;
  readonly fetch: (url: string, init: SyncInit) => Promise<SyncReply>;
  /** SHA-256 of the UTF-8 of a text, base64. Default: WebCrypto, or in JavaScript where there is none. */
  readonly digest?: Digest;
}

export interface Refresh {
  readonly view: JsonObject;
  /**
   * - `unchanged`: the view that was kept is the current one.
   * - `patched`, `full`: the view is new.
   * - `kept`: no usable answer (offline, 5xx, 429, a stranger's page): the view that was kept, as good as it was.
   */
  readonly outcome: 'unchanged' | 'patched' | 'full' | 'kept';
  /** Members that are not fresh because their sources are degraded; this device's own values where it has some. */
  readonly degraded: readonly string[];
  /** Bytes of all bodies received, as sent where the answer tells its length. */
  readonly bytes: number;
}

export interface SyncClient {
  /**
   * Brings the view of a screen up to date. Concurrent calls for one URL share one request, the first one's.
   *
   * @throws {SyncFailed} when the server refuses (401, 403, 404 ...), or no answer came and no view is kept. What is
   * kept stays kept.
   */
  refresh(url: string, init?: SyncInit): Promise<Refresh>;
  /** The view that is kept of a screen, without asking anybody: for the first frame. */
  last(url: string): Promise<JsonObject | undefined>;
}

export class SyncFailed extends Error {
  override readonly name = 'SyncFailed';
  /** Of the answer; undefined when none came. */
  readonly status: number | undefined;

  constructor(status: number | undefined, cause?: unknown) {
    super(status === undefined ? 'no answer, and no view is kept' : `the answer is ${status}`, { cause });
    this.status = status;
  }
}
