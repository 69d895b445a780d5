import type { Logger, StateStore } from '@bff/service-kit';
import type { IdentityKeys } from '../patch/diff.ts';
import type { JsonObject } from '../protocol/json.ts';
import type { SyncAnswer } from './sync-answer.ts';
import type { TokenScope } from '../protocol/sync-tokens.ts';

export interface DiffSyncOptions {
  readonly store: StateStore;
  /** Of 32 bytes or more, the same on every replica. The first makes tokens, the others still recognise theirs. */
  readonly keys: readonly [current: Buffer, ...older: Buffer[]];
  /** How long a base is kept after its last use, in milliseconds. */
  readonly baseTtlMs: number;
  /** Bases kept for each device, resource and variant; default 8. */
  readonly maxBasesPerScope?: number;
  readonly identityKeys?: IdentityKeys;
  /**
   * Told of an array that was compared as a whole, because an item has no identity or two have the same: what it costs grows
   * with the list. `pattern`: its pointer, with `*` for every index.
   */
  readonly onReplacedArray?: (request: SyncRequest, pattern: string) => void;
  /** Milliseconds since 1970; default Date.now. */
  readonly now?: () => number;
  readonly log?: Pick<Logger, 'debug'>;
}

/** One read of a screen, after authorisation, policy and shape. */
export interface SyncRequest extends TokenScope {
  /** Tells the devices of a subject apart, so that none can push out another's bases. Default: they share theirs. */
  readonly device?: string;
  /** Value of `A-IM`. */
  readonly aIm: string | undefined;
  /** Value of `If-None-Match`. */
  readonly ifNoneMatch: string | undefined;
  /** Tenant-filtered and client-shaped. A member `_meta` is left out: that name is the answer's own. */
  readonly view: JsonObject;
  /**
   * What the tenant may see of an earlier view, under the policy of now: a device keeps no member of which something is
   * hidden by now, though its source is degraded (F42). Default: it keeps them all.
   */
  readonly visible?: (earlier: JsonObject) => JsonObject;
  /** Members at the top of the view that are fallbacks of degraded sources, absent ones too; `all` when no other is. */
  readonly degradedFields: readonly string[] | 'all';
}

export interface DiffSync {
  /** Never rejects for what a client sends or a store does: the answer is full then. */
  sync(request: SyncRequest): Promise<SyncAnswer>;
  /** Resolves when all is written that answers left to be written. */
  settled(): Promise<void>;
}
