import type { JsonObject } from '../protocol/json.ts';
import type { JsonPatch } from '../patch/json-patch.ts';

/**
 * Why no base that the client named can be used; the closed list of `Sync-Reset`.
 *
 * - `malformed`: nothing that was named has the form of a token.
 * - `unknown`: nothing is kept under that name: expired, evicted, somebody else's, never ours.
 * - `unusable`: what is kept is damaged, or the key of the token is retired.
 * - `policy-changed`: the base was made under another version of the tenant, and nothing of it may be carried over.
 * - `unavailable`: the store does not answer.
 */
export type ResetReason = 'malformed' | 'unknown' | 'unusable' | 'policy-changed' | 'unavailable';

/** What a sync answers: 304, 226 or 200. */
export type SyncAnswer =
  | {
      readonly kind: 'not-modified';
      readonly token: string;
      /** The view that was not sent, as canonical JSON. */
      readonly json: string;
    }
  | {
      readonly kind: 'delta';
      /** Names what the device has when the patch is applied. */
      readonly token: string;
      /** The token that the patch starts from. */
      readonly base: string;
      readonly patch: JsonPatch;
      /** The patch as JSON. */
      readonly body: string;
      /** SHA-256 of the canonical patched view, base64. */
      readonly digest: string;
      /** Members carried over from the base because their sources are degraded; empty when the answer is complete. */
      readonly kept: readonly string[];
      /** The view that was not sent, as canonical JSON. */
      readonly json: string;
    }
  | {
      readonly kind: 'full';
      /** None for a degraded answer, and none for a view that has no canonical form. */
      readonly token?: string;
      readonly view: JsonObject;
      /** The view as canonical JSON: equal tokens are equal bytes. None for a view that has no canonical form. */
      readonly json?: string;
      readonly reset?: ResetReason;
      /**
       * Members with fallback values: a device that has a view keeps its own. Empty when the answer is complete, and when
       * nothing of it is fresh: a device that is told of no members keeps all it has.
       */
      readonly kept: readonly string[];
    };
