export { acceptsJsonPatch } from './protocol/accepts-json-patch.ts';
export { applyPatch, PatchError } from './patch/apply-patch.ts';
export { canonicalJson } from './protocol/canonical-json.ts';
export { createDiffSync } from './server/create-diff-sync.ts';
export { createSyncClient } from './device/create-sync-client.ts';
export { createWriteQueue } from './device/writes/create-write-queue.ts';
export { diff, type IdentityKeys } from './patch/diff.ts';
export { type DiffSync, type DiffSyncOptions, type SyncRequest } from './server/diff-sync.ts';
export { type Json, type JsonObject } from './protocol/json.ts';
export { type JsonPatch, type PatchOperation } from './patch/json-patch.ts';
export { type ResetReason, type SyncAnswer } from './server/sync-answer.ts';
export {
  removeOutdatedBases,
  type OutdatedBases,
  type OutdatedBasesOptions,
  type Policies,
} from './server/outdated-bases.ts';
export { syncHeaders } from './protocol/sync-headers.ts';
export { leaseLock, type LeaseOptions } from './device/storage/storage-lock.ts';
export { type Lock, type SyncStorage } from './device/storage/sync-storage.ts';
export {
  SyncFailed,
  type CallInit,
  type NoAnswer,
  type NoAnswerReason,
  type Refresh,
  type SyncClient,
  type SyncClientOptions,
  type SyncInit,
  type SyncReply,
} from './device/sync-client.ts';
export {
  WriteQueueFull,
  type Flush,
  type PendingPatch,
  type PendingRequest,
  type PendingWrite,
  type QueueState,
  type SettledWrite,
  type WriteConflict,
  type WriteInit,
  type WriteQueue,
  type WriteQueueOptions,
} from './device/writes/write-queue.ts';
