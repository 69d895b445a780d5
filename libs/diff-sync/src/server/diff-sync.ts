import type { Logger, StateStore } from '@bff/service-kit';
import type { IdentityKeys } from '../patch/diff.ts';
import type { JsonObject } from '../protocol/json.ts';
import type { SyncAnswer } from './sync-answer.ts';
import type { TokenScope } from '../protocol/sync-tokens.ts';

export interface DiffSyncOptions {
  readonly store: StateStore;
  /**
   * Keys of 32 bytes or more, the same on every replica. The first key creates tokens; the others only verify
   * tokens that were created with them.
   */
  readonly keys: readonly [current: Buffer, ...older: Buffer[]];
  /** Lifetime of a base after its last use, in milliseconds. */
  readonly baseTtlMs: number;
  /** Maximum number of bases per device, resource and variant; default 8. */
  readonly maxBasesPerScope?: number;
  readonly identityKeys?: IdentityKeys;
  /**
   * Called for an array that was compared as one value, because an item has no identity or a duplicate one:
   * its deltas grow with the list. `pattern`: its pointer, with `*` for every index.
   */
  readonly onReplacedArray?: (request: SyncRequest, pattern: string) => void;
  /** Returns milliseconds since 1970. Default: `Date.now`. */
  readonly now?: () => number;
  readonly log?: Pick<Logger, 'debug'>;
}

/** One read of a screen, after authorization, policy and shape. */
export interface SyncRequest extends TokenScope {
  /**
   * Distinguishes the devices of a subject, so that one device does not evict the bases of another. Default:
   * all devices of a subject share one limit.
   */
  readonly device?: string;
  /** Value of `A-IM`. */
  readonly aIm: string | undefined;
  /** Value of `If-None-Match`. */
  readonly ifNoneMatch: string | undefined;
  /**
   * Filtered for the tenant and shaped for the client. A member `_meta` is removed, because it belongs to the
   * answer.
   */
  readonly view: JsonObject;
  /**
   * Filters an earlier view by the current policy. A device must not keep a degraded member of which the
   * policy now hides a part (F42). Default: nothing is hidden.
   */
  readonly visible?: (earlier: JsonObject) => JsonObject;
  /**
   * Top-level members of degraded sources, including those that are absent from the view; `all` when no
   * member is fresh.
   */
  readonly degradedFields: readonly string[] | 'all';
}

export interface DiffSync {
  /** Returns a complete answer instead of rejecting, whatever the client sends or the store does. */
  sync(request: SyncRequest): Promise<SyncAnswer>;
  /** Resolves when all background writes are finished. */
  settled(): Promise<void>;
}
