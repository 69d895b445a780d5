export { acceptsJsonPatch } from './accepts-json-patch.ts';
export { applyPatch, PatchError } from './apply-patch.ts';
export { canonicalJson } from './canonical-json.ts';
export { createDiffSync } from './create-diff-sync.ts';
export { createSyncClient } from './create-sync-client.ts';
export { createWriteQueue } from './create-write-queue.ts';
export { diff, type IdentityKeys } from './diff.ts';
export { type DiffSync, type DiffSyncOptions, type SyncRequest } from './diff-sync.ts';
export { type Json, type JsonObject } from './json.ts';
export { type JsonPatch, type PatchOperation } from './json-patch.ts';
export { type ResetReason, type SyncAnswer } from './sync-answer.ts';
export { syncHeaders } from './sync-headers.ts';
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
