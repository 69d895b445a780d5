/** The device's half by itself: the index leads to modules of Node, which a bundler for devices cannot follow. */
import './device/well-formed.ts';

export { applyPatch, PatchError } from './patch/apply-patch.ts';
export { createSyncClient } from './device/create-sync-client.ts';
export { createWriteQueue } from './device/create-write-queue.ts';
export { type Json, type JsonObject } from './protocol/json.ts';
export {
  SyncFailed,
  type Refresh,
  type SyncClient,
  type SyncClientOptions,
  type SyncInit,
  type SyncReply,
  type SyncStorage,
} from './device/sync-client.ts';
export {
  type Flush,
  type SettledWrite,
  type PendingPatch,
  type PendingPost,
  type PendingWrite,
  type WriteConflict,
  type WriteInit,
  type WriteQueue,
  type WriteQueueOptions,
} from './device/write-queue.ts';
