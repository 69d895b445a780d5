import { hash } from 'node:crypto';
import { diff, type IdentityKeys, type OnReplacedArray } from './diff.ts';
import type { JsonObject } from '../protocol/json.ts';
import type { JsonPatch } from './json-patch.ts';
import type { PatchDraft } from './patch-draft.ts';

/** A view in both of its forms. */
export interface View {
  readonly value: JsonObject;
  readonly canonical: string;
}

/** A view told as the difference from another one. */
export interface Delta {
  readonly patch: JsonPatch;
  readonly body: string;
  readonly digest: string;
  readonly json: string;
}

/** Undefined when the patch would be no shorter than the view. */
export function makeDelta(
  base: JsonObject,
  view: View,
  identityKeys?: IdentityKeys,
  onReplacedArray?: OnReplacedArray,
): Delta | undefined {
  const draft = draftOf(() => diff(base, view.value, identityKeys, onReplacedArray));
  if (!draft || Buffer.byteLength(draft.body) >= Buffer.byteLength(view.canonical)) return undefined;
  const digest = hash('sha256', view.canonical, 'base64');
  return { patch: draft.operations, body: draft.body, digest, json: view.canonical };
}

function draftOf(made: () => PatchDraft): PatchDraft | undefined {
  try {
    return made();
  } catch (error) {
    // Nested too deep to be walked.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
