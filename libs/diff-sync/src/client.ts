/**
 * Entry point for devices. Separate from the index, which imports Node modules that bundlers for devices
 * cannot resolve.
 */
import './device/well-formed.ts';

export { applyPatch, PatchError } from './patch/apply-patch.ts';
export { createSyncClient } from './device/create-sync-client.ts';
export { createWriteQueue } from './device/writes/create-write-queue.ts';
export { type Json, type JsonObject } from './protocol/json.ts';
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
