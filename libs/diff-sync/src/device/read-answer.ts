import { applyPatch } from '../patch/apply-patch.ts';
import { canonicalJson } from '../protocol/canonical-json.ts';
import { jsonOf, type Answer } from './exchange.ts';
import { preserveMembers, withoutMeta } from '../server/preserve-members.ts';
import { isObject, type JsonObject } from '../protocol/json.ts';
import type { StoredView } from './storage/stored-views.ts';
import { parseMembers } from '../protocol/member-list.ts';
import type { NoAnswer } from './sync-client.ts';
import { tokenTagSyntax } from '../protocol/token-tag.ts';
import type { Digest } from './web-digest.ts';

/** A view that an answer contained or confirmed. */
export interface Reading {
  readonly outcome: 'unchanged' | 'patched' | 'full';
  readonly view: JsonObject;
  readonly token?: string;
  readonly degraded: readonly string[];
  /** Whether to store the view. False for a degraded view when the device has no stored one. */
  readonly worthKeeping: boolean;
}

type Fields = Answer['headers'];

/**
 * Reads an answer. @throws {Error} when it is not usable; the caller may repeat the request unconditionally
 */
export async function readAnswer(
  answer: Answer,
  kept: StoredView | undefined,
  digest: Digest,
): Promise<Reading | NoAnswer> {
  const { status, headers, text } = answer;
  if (status === 304) return readNotModified(headers, kept);
  if (status === 226) return readPatch(headers, text, kept, digest);
  if (status === 200) return readFull(answer, kept);
  throw new Error(`status ${status}`);
}

function readNotModified(headers: Fields, kept: StoredView | undefined): Reading {
  if (!kept?.token) throw new Error('304 to a request without a token');
  // After a rotation of the server's key, a 304 names another token for the same view.
  const token = tokenOf(headers.get('ETag')) ?? kept.token;
  return { outcome: 'unchanged', view: kept.view, token, degraded: [], worthKeeping: true };
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
    throw new Error('the patch has another base');
  const view = applyPatch(kept.view, JSON.parse(text));
  if (!isObject(view)) throw new Error('the patched document is not an object');
  if (headers.get('Sync-Digest') !== `sha-256=:${await digest(canonicalJson(view))}:`)
    throw new Error('the patched view does not match its digest');
  const degraded = parseMembers(headers.get('Sync-Keep'));
  return { outcome: token === base ? 'unchanged' : 'patched', view, token, degraded, worthKeeping: true };
}

function readFull(answer: Answer, kept: StoredView | undefined): Reading | NoAnswer {
  const { headers } = answer;
  const body = jsonOf(answer);
  const view = body && withoutMeta(body);
  const tag = headers.get('ETag');
  const isDegraded = Boolean(headers.get('BFF-Degraded'));
  if (!view || !isOurs(body, isDegraded ? undefined : tag)) throw new Error('the answer is foreign');
  const degraded = parseMembers(headers.get('Sync-Keep'));
  if (!isDegraded) return { outcome: 'full', view, degraded, worthKeeping: true, token: tokenOf(tag) };
  if (!kept) return { outcome: 'full', view, degraded, worthKeeping: false };
  // The stored view must not be shown under the changed policy, so even fallbacks are better (F42).
  if (degraded.length === 0 && headers.get('Sync-Reset') === 'policy-changed')
    return { outcome: 'full', view, degraded, worthKeeping: true };
  // Degraded without a list of members: no part of the answer may replace the stored view.
  if (degraded.length === 0) return { reason: 'degraded', status: 200 };
  return { outcome: 'full', view: preserveMembers(view, kept.view, degraded), degraded, worthKeeping: true };
}

/**
 * Returns whether the answer comes from our server, not from a captive portal or proxy: in a complete view
 * `_meta.etag` is the tag of the answer, in a degraded view `_meta.complete` is false.
 */
function isOurs({ _meta: meta }: JsonObject, tag: string | null | undefined): boolean {
  if (!isObject(meta)) return false;
  if (tag === undefined) return meta['complete'] === false;
  const { etag } = meta;
  return typeof etag === 'string' && tag !== null && opaqueSyntax.exec(tag)?.[1]?.startsWith(etag) === true;
}

/**
 * The quoted part of a tag. The tag of a coded body has a suffix, such as `-br`, which `_meta.etag` does not
 * have.
 */
const opaqueSyntax = /^(?:W\/)?"([^"]+)"$/;

/** Accepts weak tags too, because a proxy that changes the content coding makes tags weak. */
const tagSyntax = new RegExp(`^(?:W/)?${tokenTagSyntax}$`);

export const tokenOf = (tag: string | null): string | undefined =>
  tag ? tagSyntax.exec(tag)?.[1] : undefined;
