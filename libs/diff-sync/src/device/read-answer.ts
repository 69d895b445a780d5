import { applyPatch } from '../patch/apply-patch.ts';
import { canonicalJson } from '../protocol/canonical-json.ts';
import { carryOver, withoutMeta } from '../server/carry-over.ts';
import { isObject, type Json, type JsonObject } from '../protocol/json.ts';
import { type StoredView } from './stored-views.ts';
import { parseMembers } from '../protocol/member-list.ts';
import { type SyncReply } from './sync-client.ts';
import { tokenTagSyntax } from '../protocol/token-tag.ts';
import { type Digest } from './web-digest.ts';

/** What an answer means to a device. */
export type Reading =
  | {
      readonly kind: 'unchanged' | 'patched' | 'full';
      readonly view: JsonObject;
      readonly token?: string;
      readonly degraded: readonly string[];
      /** False for the fallbacks shown on a device that had no view. */
      readonly worthKeeping: boolean;
    }
  /** No usable answer for now. */
  | { readonly kind: 'failed'; readonly status: number }
  | { readonly kind: 'refused'; readonly status: number };

type Fields = SyncReply['headers'];

/** 408, 425 and 429 say "later", as 5xx do. */
const later = new Set([408, 425, 429]);

/**
 * @param text body of the answer
 * @throws whatever is wrong with it: it is of no use, and a full answer may be
 */
export async function readAnswer(
  { status, headers }: Pick<SyncReply, 'status' | 'headers'>,
  text: string,
  kept: StoredView | undefined,
  digest: Digest,
): Promise<Reading> {
  if (status === 304) return readNotModified(headers, kept);
  if (status === 226) return readPatch(headers, text, kept, digest);
  if (status === 200) return readFull(headers, text, kept);
  return { kind: status >= 400 && status < 500 && !later.has(status) ? 'refused' : 'failed', status };
}

function readNotModified(headers: Fields, kept: StoredView | undefined): Reading {
  if (!kept?.token) throw new Error('304 to a request without a token');
  // Another token for the same view: its key was rotated.
  const token = tokenOf(headers.get('ETag')) ?? kept.token;
  return { kind: 'unchanged', view: kept.view, token, degraded: [], worthKeeping: true };
}

async function readPatch(
  headers: Fields,
  text: string,
  kept: StoredView | undefined,
  digest: Digest,
): Promise<Reading> {
  const token = tokenOf(headers.get('ETag'));
  const base = tokenOf(headers.get('Delta-Base'));
  if (headers.get('IM') !== 'json-patch' || !token || !kept?.token || base !== kept.token)
    throw new Error('a difference from something else');
  const view = applyPatch(kept.view, JSON.parse(text));
  if (!isObject(view)) throw new Error('no view');
  if (headers.get('Sync-Digest') !== `sha-256=:${await digest(canonicalJson(view))}:`)
    throw new Error('the patched view is not the one that was meant');
  const degraded = parseMembers(headers.get('Sync-Keep'));
  return { kind: token === base ? 'unchanged' : 'patched', view, token, degraded, worthKeeping: true };
}

function readFull(headers: Fields, text: string, kept: StoredView | undefined): Reading {
  const body = JSON.parse(text) as Json;
  if (!isObject(body)) throw new Error('no view');
  const view = withoutMeta(body);
  const degraded = parseMembers(headers.get('Sync-Keep'));
  if (degraded.length === 0 && !headers.get('BFF-Degraded')) {
    const token = tokenOf(headers.get('ETag'));
    return { kind: 'full', view, degraded, worthKeeping: true, ...(token && { token }) };
  }
  if (!kept) return { kind: 'full', view, degraded, worthKeeping: false };
  // Nothing of what is kept may be shown any more, so not even a fallback is worse (F42).
  if (degraded.length === 0 && headers.get('Sync-Reset') === 'policy-changed')
    return { kind: 'full', view, degraded, worthKeeping: true };
  // Degraded, and nobody says which members: nothing of it may replace what is kept.
  if (degraded.length === 0) return { kind: 'failed', status: 200 };
  return { kind: 'full', view: carryOver(view, kept.view, degraded), degraded, worthKeeping: true };
}

/** A proxy that recodes bodies makes tags weak. */
const tagSyntax = new RegExp(`^(?:W/)?${tokenTagSyntax}$`);

export const tokenOf = (tag: string | null): string | undefined =>
  tag ? tagSyntax.exec(tag)?.[1] : undefined;
