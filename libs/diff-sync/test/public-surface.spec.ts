import { expect, test } from '@jest/globals';
import * as client from '../src/client.ts';
import * as sync from '../src/index.ts';

test('the index exports exactly the public names', () => {
  expect(Object.keys(sync).sort()).toEqual([
    'PatchError',
    'SyncFailed',
    'WriteQueueFull',
    'acceptsJsonPatch',
    'applyPatch',
    'canonicalJson',
    'createDiffSync',
    'createSyncClient',
    'createWriteQueue',
    'diff',
    'leaseLock',
    'removeOutdatedBases',
    'syncHeaders',
  ]);
  expect(Object.keys(client).sort()).toEqual([
    'PatchError',
    'SyncFailed',
    'WriteQueueFull',
    'applyPatch',
    'createSyncClient',
    'createWriteQueue',
    'leaseLock',
  ]);
});
