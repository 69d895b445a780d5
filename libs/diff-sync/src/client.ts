/** The device's half by itself: the index leads to modules of Node, which a bundler for devices cannot follow. */
export { applyPatch, PatchError } from './apply-patch.ts';
export { createSyncClient } from './create-sync-client.ts';
export { createWriteQueue } from './create-write-queue.ts';
export { type Json, type JsonObject } from './json.ts';
export {
  SyncFailed,
  type Refresh,
  type SyncClient,
  type SyncClientOptions,
  type SyncInit,
  type SyncReply,
  type SyncStorage,
} from './sync-client.ts';
export {
  type Flush,
  type SettledWrite,
  type WaitingPatch,
  type WaitingPost,
  type WaitingWrite,
  type WriteConflict,
  type WriteInit,
  type WriteQueue,
  type WriteQueueOptions,
} from './write-queue.ts';
