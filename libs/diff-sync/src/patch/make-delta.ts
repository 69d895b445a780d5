import { hash } from 'node:crypto';
import { diff, type IdentityKeys, type OnReplacedArray } from './diff.ts';
import type { JsonObject } from '../protocol/json.ts';
import type { JsonPatch } from './json-patch.ts';
import type { PatchDraft } from './patch-draft.ts';

/** A view as value and as canonical JSON. */
export interface View {
  readonly value: JsonObject;
  readonly canonical: string;
}

/** The patch from another view, as operations and as text, with digest and canonical JSON of its result. */
export interface Delta {
  readonly patch: JsonPatch;
  readonly body: string;
  readonly digest: string;
  readonly json: string;
}

/** Computes a delta; undefined when the patch would not be shorter than the view. */
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
    // The view is nested too deeply for recursion.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
