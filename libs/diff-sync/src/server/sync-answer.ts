import type { JsonObject } from '../protocol/json.ts';
import type { JsonPatch } from '../patch/json-patch.ts';

/**
 * Why no base that the client named can be used; the closed list of `Sync-Reset`.
 *
 * - `malformed`: no named tag has the form of a token.
 * - `unknown`: no stored base has that token: it expired, was evicted, belongs to another user, or never
 * existed.
 * - `unusable`: the base is damaged, or the token's key is retired.
 * - `policy-changed`: another version of the tenant's policy filtered the base, or may have filtered it
 * before the base was lost: the device keeps only the members that the answer names.
 * - `unavailable`: the store is unavailable.
 */
export type ResetReason = 'malformed' | 'unknown' | 'unusable' | 'policy-changed' | 'unavailable';

/** The answer of a sync: 304, 226 or 200. */
export type SyncAnswer =
  | {
      readonly kind: 'not-modified';
      readonly token: string;
      /** The complete view as canonical JSON, which was not sent. */
      readonly json: string;
    }
  | {
      readonly kind: 'delta';
      /** Identifies the device's view after the patch. */
      readonly token: string;
      /** The token of the base. */
      readonly base: string;
      readonly patch: JsonPatch;
      /** The patch as JSON. */
      readonly body: string;
      /** SHA-256 of the canonical patched view, base64. */
      readonly digest: string;
      /** Members kept from the base because their sources are degraded; empty when the answer is complete. */
      readonly kept: readonly string[];
      /** The complete view as canonical JSON, which was not sent. */
      readonly json: string;
    }
  | {
      readonly kind: 'full';
      /** Absent for a degraded answer, and for a view without canonical form. */
      readonly token?: string;
      readonly view: JsonObject;
      /**
       * The view as canonical JSON: equal tokens mean equal bytes. Absent for a view without canonical form.
       */
      readonly json?: string;
      readonly reset?: ResetReason;
      /**
       * Members with fallback values: a device with a stored view keeps its stored values of them. Empty when
       * the answer is complete, and when no member is fresh: without a list the device keeps its entire view.
       */
      readonly kept: readonly string[];
    };
