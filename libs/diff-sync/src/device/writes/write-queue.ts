import type { JsonObject } from '../../protocol/json.ts';
import type { Lock, SyncStorage } from '../storage/sync-storage.ts';
import type { CallInit, NoAnswer, SyncInit, SyncReply } from '../sync-client.ts';

interface Pending {
  /** The `Idempotency-Key` of every attempt; one of its own for each write. */
  readonly key: string;
  readonly url: string;
  /** Times it was sent, or was about to be: above 0 it may have been applied already. */
  readonly attempts: number;
  /** Attempts that the server failed at with problem details (5xx but 503 and 504): of these there is a limit. */
  readonly failures: number;
  /** The last attempt, in milliseconds since 1970 by this device's clock. */
  readonly triedAt?: number;
  /** Time from the last attempt to the next one in milliseconds. */
  readonly waitMs: number;
  /** What came of the last attempt. */
  readonly error?: NoAnswer;
  /** Set aside after {@link WriteQueueOptions.maxFailures}: not sent any more until `retry`. */
  readonly failed: boolean;
}

export interface PendingPatch extends Pending {
  readonly method: 'PATCH';
  /** JSON merge patch (RFC 7396). */
  readonly body: JsonObject;
  /** What it was made over: the stored view, with the patches that were pending before it. */
  readonly base: JsonObject;
  /** `If-Match`. Names the view below all pending patches of this address. */
  readonly token: string;
}

/** A write without a precondition. */
export interface PendingRequest extends Pending {
  readonly method: 'POST' | 'PUT' | 'DELETE';
  readonly body?: JsonObject;
}

/** A write as it is stored on the device. */
export type PendingWrite = PendingPatch | PendingRequest;

/** What became of a write. */
export type SettledWrite =
  /** Applied now, or found applied: an earlier answer was lost. No view: the server answered without one. */
  | { readonly kind: 'applied'; readonly write: PendingWrite; readonly view?: JsonObject }
  /** Refused for good. It has left the queue. */
  | {
      readonly kind: 'rejected';
      readonly write: PendingWrite;
      readonly status: number;
      readonly problem: JsonObject;
    }
  /** Set aside: the server failed at it too often. It is kept for `retry` or `cancel`; what is behind it goes on. */
  | { readonly kind: 'failed'; readonly write: PendingWrite }
  /** Never sent, because a later edit changes all that it changes. */
  | { readonly kind: 'superseded'; readonly write: PendingWrite; readonly by: string };

/** 412: the state is no longer the one that the patch was made over, and is not what it would make. */
export interface WriteConflict {
  readonly write: PendingPatch;
  /** The user's version: the view that the patch was to make. */
  readonly mine: JsonObject;
  /** The server's version. */
  readonly current: JsonObject;
  /** Members of the patch that somebody else changed. None: what the patch names is as the user saw it. */
  readonly clashes: readonly string[];
}

/** Passed to `fetch`. */
export interface WriteInit extends SyncInit {
  readonly method: 'GET' | PendingWrite['method'];
  readonly body?: string;
}

export interface WriteQueueOptions {
  /** That of the sync client: patches are made over the views that it stores. */
  readonly storage: SyncStorage;
  readonly fetch: (url: string, init: WriteInit) => Promise<SyncReply>;
  /** Called before the write leaves the storage; so it is called again when the device ends in between. */
  readonly settled: (write: SettledWrite) => unknown;
  /**
   * Returns which patch to make over `current` instead: `write.body` to overwrite. Undefined gives the write up. Called again
   * when the device ends before the result is stored.
   */
  readonly resolve: (conflict: WriteConflict) => JsonObject | undefined | Promise<JsonObject | undefined>;
  /** Called after each change that this queue makes, and when it begins and ends to send. */
  readonly onChange?: (state: QueueState) => void;
  /**
   * URL of the receipt of a write, read before one is sent again whose answer was lost; false where the server has none.
   * Default: `/api/writes/<key>` at the origin of the write.
   */
  readonly receiptUrl?: ((write: PendingWrite) => string) | false;
  /** Time limit of one request in milliseconds; one operation of the storage gets a quarter of it. Default 20,000. */
  readonly timeoutMs?: number;
  /** Attempts that the server may fail at before a write is set aside. Default 8. */
  readonly maxFailures?: number;
  /** Most writes kept, those set aside included. Default 1,000. */
  readonly maxWrites?: number;
  /** Most bytes (UTF-8) of their stored text. Default 1 MiB. */
  readonly maxBytes?: number;
  /** Excludes other tabs and processes that use the storage. Default: Web Locks, else a lease in the storage. */
  readonly lock?: Lock;
  /** Never the same twice. Default: 128 random bits. */
  readonly newKey?: () => string;
  /** Milliseconds since 1970. Default `Date.now`. It may jump. */
  readonly now?: () => number;
  /** From 0 to 1, for the jitter of waits. Default `Math.random`. */
  readonly random?: () => number;
}

export interface QueueState {
  /** In the order in which they are sent. */
  readonly pending: readonly PendingWrite[];
  /** Set aside, until `retry` or `cancel`. */
  readonly failed: readonly PendingWrite[];
  readonly sending: boolean;
  /** When the server last settled a write, in milliseconds since 1970. */
  readonly lastSyncAt?: number;
  /** When the first pending write may be sent again, in milliseconds since 1970; undefined: now. */
  readonly nextAttemptAt?: number;
  /** Writes that this queue found damaged in the storage, and lost. */
  readonly damaged: number;
}

/** What ended a flush: the last error of the write that is sent next, if any. */
export interface Flush extends Partial<NoAnswer> {
  /** Writes still pending, those set aside not included. */
  readonly left: number;
  /** Milliseconds until the next attempt: until then a flush sends nothing, unless `retry` is called. */
  readonly waitMs: number;
}

/** The write does not fit into the bounds of the queue and was not stored. */
export class WriteQueueFull extends Error {
  override readonly name = 'WriteQueueFull';
}

/** Writes that survive being offline. The app says when to send: at its start, when back online, after `waitMs`. */
export interface WriteQueue {
  /**
   * Stores a merge patch over the stored view of the address. A pending patch that was never sent and of which this one
   * changes every member is superseded.
   *
   * @returns the key of the write, when it is stored
   * @throws {TypeError} when no view with a token is stored: refresh first
   * @throws {WriteQueueFull}
   */
  patch(url: string, changes: JsonObject): Promise<string>;
  /**
   * Stores a write without precondition. A PUT supersedes one of the same address that was never sent.
   *
   * @returns the key of the write, when it is stored
   * @throws {WriteQueueFull}
   */
  send(method: PendingRequest['method'], url: string, body?: JsonObject): Promise<string>;
  /**
   * Sends pending writes in order, one after the other. Ends at the first for which no usable answer comes: no network, a
   * foreign answer, 401, 408, 409 with `Retry-After`, 425, 429, 5xx. That one stays, and waits longer each time. Concurrent
   * calls share one run, with the first one's init. Rejects as `settled`, `resolve` and the storage do; what is pending stays.
   */
  flush(init?: CallInit): Promise<Flush>;
  /** Ends the wait before the next attempt; with a key, sends a write again that was set aside. */
  retry(key?: string): Promise<void>;
  /** Removes a write. One with `attempts` above 0 may have been applied all the same. Returns false when it is not there. */
  cancel(key: string): Promise<boolean>;
  state(): Promise<QueueState>;
  /** Returns the stored view with the pending patches: what to show. */
  preview(url: string): Promise<JsonObject | undefined>;
}
