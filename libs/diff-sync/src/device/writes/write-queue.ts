import type { JsonObject } from '../../protocol/json.ts';
import type { Lock, SyncStorage } from '../storage/sync-storage.ts';
import type { CallInit, NoAnswer, SyncInit, SyncReply } from '../sync-client.ts';

interface Pending {
  /** The `Idempotency-Key` of every attempt, unique for each write. */
  readonly key: string;
  readonly url: string;
  /** Attempts, counted before they are sent: above 0 the write may have been applied. */
  readonly attempts: number;
  /**
   * Attempts that failed in the server (5xx except 503 and 504, with problem details); their number is
   * limited.
   */
  readonly failures: number;
  /** Time of the last attempt, in milliseconds since 1970 by this device's clock. */
  readonly triedAt?: number;
  /** Milliseconds from the last attempt to the next one. */
  readonly waitMs: number;
  /** Error of the last attempt. */
  readonly error?: NoAnswer;
  /**
   * Whether the write is set aside after {@link WriteQueueOptions.maxFailures} failures: it is not sent until
   * `retry` is called.
   */
  readonly failed: boolean;
}

export interface PendingPatch extends Pending {
  readonly method: 'PATCH';
  /** JSON merge patch (RFC 7396). */
  readonly body: JsonObject;
  /** The view that the patch is based on: the stored one, with the patches that were pending before it. */
  readonly base: JsonObject;
  /** Value for `If-Match`: identifies the view on which the first pending patch of this URL is based. */
  readonly token: string;
}

/** A write without a precondition. */
export interface PendingRequest extends Pending {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly body?: JsonObject;
}

/** A write as it is stored on the device. */
export type PendingWrite = PendingPatch | PendingRequest;

/** How a write was settled. */
export type SettledWrite =
  /**
   * Applied, now or by an earlier attempt whose answer was lost. Without `view` the answer had no content.
   */
  | { readonly kind: 'applied'; readonly write: PendingWrite; readonly view?: JsonObject }
  /** Finally refused, and removed from the queue. */
  | {
      readonly kind: 'rejected';
      readonly write: PendingWrite;
      readonly status: number;
      readonly problem: JsonObject;
    }
  /**
   * Set aside after too many failures of the server. It stays stored until `retry` or `cancel`; later writes
   * are sent.
   */
  | { readonly kind: 'failed'; readonly write: PendingWrite }
  /** Never sent, because a later edit overwrites all its changes. */
  | { readonly kind: 'superseded'; readonly write: PendingWrite; readonly by: string };

/** The server refused a patch with 412, and the current state does not contain its changes. */
export interface WriteConflict {
  readonly write: PendingPatch;
  /** The user's version: the intended result of the patch. */
  readonly mine: JsonObject;
  /** The server's version. */
  readonly current: JsonObject;
  /**
   * Members of the patch that another client changed too. Empty: every member that the patch changes still
   * has the value that the user saw.
   */
  readonly clashes: readonly string[];
}

/** Options of a request of this queue, passed to `fetch`. */
export interface WriteInit extends SyncInit {
  readonly method: 'GET' | PendingWrite['method'];
  readonly body?: string;
}

export interface WriteQueueOptions {
  /** The storage of the sync client: patches are based on its stored views. */
  readonly storage: SyncStorage;
  readonly fetch: (url: string, init: WriteInit) => Promise<SyncReply>;
  /**
   * Called before the write is removed from the storage, and therefore again if the device stops in between.
   */
  readonly settled: (write: SettledWrite) => unknown;
  /**
   * Returns the patch to send instead, which is applied to `current`. Returning `write.body` sends the same
   * patch again and so overwrites the changes of the other client; returning undefined drops the write.
   * Called again if the device stops before the result is stored.
   */
  readonly resolve: (conflict: WriteConflict) => JsonObject | undefined | Promise<JsonObject | undefined>;
  /** Called after each change by this queue, and when it starts and stops sending. */
  readonly onChange?: (state: QueueState) => void;
  /**
   * Returns the URL of a write's receipt, which is read before a write with a lost answer is sent again;
   * false for a server without receipts. Default: `/api/writes/<key>` at the origin of the write.
   */
  readonly receiptUrl?: ((write: PendingWrite) => string) | false;
  /** Time limit of one request in milliseconds; a storage operation gets a quarter of it. Default 20,000. */
  readonly timeoutMs?: number;
  /** Failures of the server after which a write is set aside. Default 8. */
  readonly maxFailures?: number;
  /** Maximum number of stored writes, including those set aside. Default 1,000. */
  readonly maxWrites?: number;
  /** Maximum bytes (UTF-8) of the stored text of all writes. Default 1 MiB. */
  readonly maxBytes?: number;
  /**
   * Excludes other tabs and processes that use the storage. Default: Web Locks, otherwise a lease in the
   * storage.
   */
  readonly lock?: Lock;
  /** Returns a unique key. Default: 128 random bits. */
  readonly newKey?: () => string;
  /** Returns milliseconds since 1970. Default `Date.now`. The device's clock may be set forward and back. */
  readonly now?: () => number;
  /** Returns a number from 0 to 1 for the jitter of waits. Default `Math.random`. */
  readonly random?: () => number;
}

export interface QueueState {
  /** Writes that wait to be sent, in the order in which they are sent. */
  readonly pending: readonly PendingWrite[];
  /** Writes that are set aside until `retry` or `cancel`. */
  readonly failed: readonly PendingWrite[];
  readonly sending: boolean;
  /** Time when the server last settled a write, in milliseconds since 1970. */
  readonly lastSyncAt?: number;
  /** Time when the first pending write may be sent again, in milliseconds since 1970; undefined: now. */
  readonly nextAttemptAt?: number;
  /** Number of writes that were damaged in the storage and are lost. */
  readonly damaged: number;
}

/** Result of a flush, with the last error of the first pending write, if any. */
export interface Flush extends Partial<NoAnswer> {
  /** Number of pending writes, without those set aside. */
  readonly left: number;
  /** Milliseconds until the next attempt: until then a flush sends nothing, unless `retry` is called. */
  readonly waitMs: number;
}

/** Thrown when a write exceeds the bounds of the queue; it was not stored. */
export class WriteQueueFull extends Error {
  override readonly name = 'WriteQueueFull';
}

/**
 * Writes that survive offline periods. The app has to call `flush`: when it starts, when it is online again,
 * and after the `waitMs` of the previous flush.
 */
export interface WriteQueue {
  /**
   * Stores a merge patch of the stored view of a URL. Supersedes a pending patch that was never sent if it
   * overwrites all changes of that patch.
   * @returns the key of the write, after it was stored
   * @throws {TypeError} when no view with a token is stored: refresh first
   * @throws {WriteQueueFull}
   */
  patch(url: string, changes: JsonObject): Promise<string>;
  /**
   * Stores a write without precondition. A PUT supersedes an earlier PUT to the same URL that was never sent.
   * @returns the key of the write, after it was stored
   * @throws {WriteQueueFull}
   */
  send(method: PendingRequest['method'], url: string, body?: JsonObject): Promise<string>;
  /**
   * Sends pending writes one after the other, in order. Stops at the first write without a usable answer: no
   * network, a foreign answer, 401, 408, 409 with `Retry-After`, 425, 429, 5xx. That write stays queued, and
   * the wait before its next attempt grows each time. Concurrent calls share one run with the first call's
   * init. Rejects when `settled`, `resolve` or the storage rejects; pending writes stay queued.
   */
  flush(init?: CallInit): Promise<Flush>;
  /** Ends the wait before the next attempt; with a key, queues a write again that was set aside. */
  retry(key?: string): Promise<void>;
  /**
   * Removes a write; returns false if it is not queued. A write with `attempts` above 0 may have been
   * applied.
   */
  cancel(key: string): Promise<boolean>;
  state(): Promise<QueueState>;
  /** Returns the stored view with the pending patches applied, for display. */
  preview(url: string): Promise<JsonObject | undefined>;
}
