import { type JsonObject } from '../protocol/json.ts';
import { type SyncInit, type SyncReply, type SyncStorage } from './sync-client.ts';

interface Waiting {
  /** The `Idempotency-Key` of every attempt; one of its own for each write. */
  readonly key: string;
  readonly url: string;
}

export interface PendingPatch extends Waiting {
  readonly method: 'PATCH';
  /** RFC 7396. */
  readonly body: JsonObject;
  /** What it was made over: the view that was kept, with the patches that waited before it. */
  readonly base: JsonObject;
  /** `If-Match`. Names the view below all patches of this address that wait. */
  readonly token: string;
}

export interface PendingPost extends Waiting {
  readonly method: 'POST';
}

/** A write as it waits on the device. */
export type PendingWrite = PendingPatch | PendingPost;

/** How a write ended. */
export type SettledWrite =
  /** Done now, or found done: an earlier answer was lost. */
  | { readonly kind: 'applied'; readonly write: PendingWrite; readonly view: JsonObject }
  /** Refused for good, with the problem (RFC 9457) that the server told. */
  | {
      readonly kind: 'rejected';
      readonly write: PendingWrite;
      readonly status: number;
      readonly problem: JsonObject;
    };

/** The state is no longer the one that the patch was made over, and is not what it would make. */
export interface WriteConflict {
  readonly write: PendingPatch;
  /** The state of now. */
  readonly current: JsonObject;
  /** Members of the patch that somebody else changed. None: what the patch names is as the user saw it. */
  readonly clashes: readonly string[];
}

/** Handed to `fetch`. A lost `signal` counts as being offline. */
export interface WriteInit extends SyncInit {
  readonly method: 'GET' | 'PATCH' | 'POST';
  readonly body?: string;
}

export interface WriteQueueOptions {
  /** The one of the sync client: patches are made over the views that it keeps. Its `set` must be all or nothing. */
  readonly storage: SyncStorage;
  readonly fetch: (url: string, init: WriteInit) => Promise<SyncReply>;
  /** Told before the write leaves the storage; so it is told again when the device ends in between. */
  readonly settled: (write: SettledWrite) => unknown;
  /**
   * Which patch to make over `current` instead: `write.body` to overwrite. Undefined gives the write up. Asked again
   * when the device ends before it is kept.
   */
  readonly resolve: (conflict: WriteConflict) => JsonObject | undefined | Promise<JsonObject | undefined>;
  /** Never the same twice. Default: 128 random bits. */
  readonly newKey?: () => string;
  /** Milliseconds since 1970; default Date.now. */
  readonly now?: () => number;
}

export interface Flush {
  /** Writes that still wait. */
  readonly left: number;
  /** Of the answer that ended it, such as 401 or 503; undefined when none came or none was needed. */
  readonly status?: number;
  /** Milliseconds in which the server wants to hear nothing more, an hour at most: until then a flush sends nothing. */
  readonly waitMs: number;
}

/** Writes that survive being offline. Times of sending are the caller's: at the start, when back online, after `waitMs`. */
export interface WriteQueue {
  /**
   * A merge patch over the view that is kept of the address. Resolves when it is stored.
   *
   * @throws {TypeError} when no view with a name is kept: refresh first
   */
  patch(url: string, changes: JsonObject): Promise<void>;
  /** A POST without a body. Resolves when it is stored. */
  post(url: string): Promise<void>;
  /**
   * Sends what waits, in order, one after the other. A write for which no usable answer comes ends it, and stays: no
   * network, a stranger's page, 401, 408, 425, 429, 5xx, a 412 to the state of now. Concurrent calls share one run, the first one's. Rejects as
   * `settled`, `resolve` and the storage do; what waits stays then, too.
   */
  flush(init?: SyncInit): Promise<Flush>;
  waiting(): Promise<readonly PendingWrite[]>;
  /** The view that is kept, with the patches that wait: what to show. */
  preview(url: string): Promise<JsonObject | undefined>;
}
