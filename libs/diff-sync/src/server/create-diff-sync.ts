import { acceptsJsonPatch } from '../protocol/accepts-json-patch.ts';
import { createBackground } from './background.ts';
import { createBaseStore } from './base-store.ts';
import { canonicalView } from './canonical-view.ts';
import { preserveMembers, withoutMeta } from './preserve-members.ts';
import type { DiffSync, DiffSyncOptions, SyncRequest } from './diff-sync.ts';
import { jsonEqual } from '../protocol/json-equal.ts';
import { memberOf, type JsonObject } from '../protocol/json.ts';
import { makeDelta, type View } from '../patch/make-delta.ts';
import { parseNamedTokens, type NamedTokens } from '../protocol/named-tokens.ts';
import type { ResetReason, SyncAnswer } from './sync-answer.ts';
import { createSyncTokens } from '../protocol/sync-tokens.ts';

/** The base that the client named, verified by its token. */
interface NamedBase {
  readonly token: string;
  readonly policyVersion: string;
  readonly view: JsonObject;
}

/**
 * Creates the server side of differential sync. @throws {TypeError} when a key is too short, or fewer than
 * two bases are stored
 */
export function createDiffSync(options: DiffSyncOptions): DiffSync {
  const { store, keys, baseTtlMs, maxBasesPerScope = 8, identityKeys, now = Date.now, log } = options;
  const { onReplacedArray } = options;
  if (!(maxBasesPerScope >= 2)) throw new TypeError('maxBasesPerScope must be at least 2');
  const tokens = createSyncTokens(keys);
  const bases = createBaseStore({ store, ttlMs: baseTtlMs, maxBases: maxBasesPerScope, now });
  const background = createBackground((err) => log?.debug({ err }, 'a sync base was not written'));

  async function sync(request: SyncRequest): Promise<SyncAnswer> {
    const value = withoutMeta(request.view);
    const canonical = canonicalOf(value);
    if (canonical === undefined)
      return { kind: 'full', view: value, kept: membersOf(request.degradedFields) };
    const view = { value, canonical };
    return request.degradedFields.length === 0 ? syncComplete(request, view) : syncDegraded(request, view);
  }

  async function syncComplete(request: SyncRequest, view: View): Promise<SyncAnswer> {
    const named = parseNamedTokens(request.ifNoneMatch);
    const patches = acceptsJsonPatch(request.aIm);
    const current = tokens.identify(request, view.canonical, named.tokens);
    const { token } = current;
    if (current.named || named.everything) {
      if (patches && !bases.isFresh(request, token)) refreshOrKeep(request, token, view);
      return { kind: 'not-modified', token, json: view.canonical };
    }
    const { base, reset } = patches && named.any ? await findBase(request, named.tokens) : nothing;
    const answer = base && deltaAnswer(request, base, view, token, []);
    if (answer) return answer;
    if (patches) keep(request, token, view);
    return fullAnswer(view, [], reset, token);
  }

  /**
   * Preserves the device's values of degraded members: a delta does not change them, and a complete answer
   * names them as members to keep.
   */
  async function syncDegraded(request: SyncRequest, view: View): Promise<SyncAnswer> {
    const { degradedFields } = request;
    const degraded = membersOf(degradedFields);
    const named = parseNamedTokens(request.ifNoneMatch);
    const patches = acceptsJsonPatch(request.aIm) && named.any && !named.everything;
    const { base, reset } = patches ? await findBase(request, named.tokens) : nothing;
    if (!base) return degradedWithoutBase(request, view, named, reset);
    // A base of an earlier policy may contain values that the current policy hides. A degraded answer would
    // copy them into a view with a token of the current policy. A complete answer copies no values, so only a
    // complete answer may be sent as a patch from such a base.
    const all = degradedFields === 'all';
    if (base.policyVersion !== request.policyVersion) {
      const mayKeep = stillVisible(base.view, request.visible);
      const kept = (all && request.visible ? Object.keys(base.view) : degraded).filter(mayKeep);
      return fullAnswer(view, kept, 'policy-changed');
    }
    const value = all ? base.view : preserveMembers(view.value, base.view, degraded);
    const composed = { value, canonical: canonicalView(value) };
    const { token } = tokens.identify(request, composed.canonical, []);
    // A degraded member that is in neither view was not selected or is hidden, so it is not reported as kept.
    const isThere = (name: string) => Object.hasOwn(base.view, name) || Object.hasOwn(view.value, name);
    const kept = all ? Object.keys(base.view) : degraded.filter(isThere);
    return deltaAnswer(request, base, composed, token, kept) ?? fullAnswer(view, degraded);
  }

  /**
   * Without the base, the token alone tells by which policy the device's view was filtered. A view of an earlier
   * policy may contain values that are hidden now, so nothing of it is kept (F42).
   */
  function degradedWithoutBase(
    request: SyncRequest,
    view: View,
    { tokens: [latest] }: NamedTokens,
    reset: ResetReason | undefined,
  ): SyncAnswer {
    if (latest !== undefined && !tokens.isOfPolicy(request.policyVersion, latest))
      return fullAnswer(view, [], 'policy-changed');
    return fullAnswer(view, membersOf(request.degradedFields), reset);
  }

  /** Returns the first base in the client's order that exists and whose token verifies with a valid key. */
  async function findBase(
    request: SyncRequest,
    named: readonly string[],
  ): Promise<{ readonly base?: NamedBase; readonly reset?: ResetReason }> {
    let reset: ResetReason = named.length === 0 ? 'malformed' : 'unknown';
    for (const token of named.slice(0, maxBasesPerScope)) {
      const record = await bases.read(request, token).catch(() => 'unavailable' as const);
      if (record === 'unavailable') return { reset: record };
      if (record === 'unknown') continue;
      if (record !== 'damaged') {
        const { policyVersion, canonicalView } = record;
        if (tokens.identify({ ...request, policyVersion }, canonicalView, [token]).named)
          return { base: { token, policyVersion, view: JSON.parse(canonicalView) as JsonObject } };
      }
      reset = 'unusable';
      // Existing keys are never written again, so a damaged record must be removed before a base with this
      // token can be stored.
      background.run(() => bases.remove(request, token));
    }
    return { reset };
  }

  function deltaAnswer(
    request: SyncRequest,
    base: NamedBase,
    view: View,
    token: string,
    kept: readonly string[],
  ): SyncAnswer | undefined {
    const delta = makeDelta(base.view, view, identityKeys, (pattern) => onReplacedArray?.(request, pattern));
    if (!delta) return undefined;
    // A base of an earlier policy is not refreshed, so that it expires.
    if (base.policyVersion === request.policyVersion && !bases.isFresh(request, base.token))
      background.run(() => bases.refresh(request, base.token));
    if (token !== base.token) keep(request, token, view, base.token);
    return { kind: 'delta', token, base: base.token, kept, ...delta };
  }

  function keep(request: SyncRequest, token: string, view: View, inUse?: string): void {
    const record = { policyVersion: request.policyVersion, canonicalView: view.canonical };
    background.run(() => bases.keep(request, token, record, inUse));
  }

  function refreshOrKeep(request: SyncRequest, token: string, view: View): void {
    background.run(async () => {
      if (!(await bases.refresh(request, token))) keep(request, token, view);
    });
  }

  return { sync, settled: () => background.settled() };
}

const nothing: { readonly base?: undefined; readonly reset?: undefined } = {};

/**
 * Returns whether the current policy leaves a member of an earlier view unchanged; a member that the earlier
 * view lacks counts as unchanged.
 */
function stillVisible(earlier: JsonObject, visible: SyncRequest['visible']): (name: string) => boolean {
  if (!visible) return () => true;
  let seen: JsonObject;
  try {
    seen = visible(earlier);
  } catch {
    // The earlier view is nested too deeply for the current policy, so no member counts as unchanged.
    return () => false;
  }
  return (name) => {
    const before = memberOf(earlier, name);
    const after = memberOf(seen, name);
    return before === undefined || (after !== undefined && jsonEqual(before, after));
  };
}

/**
 * Returns the value of `kept` in {@link SyncAnswer}: the names of degraded members, or no names if all
 * members are degraded.
 */
const membersOf = (degraded: SyncRequest['degradedFields']): readonly string[] =>
  degraded === 'all' ? [] : degraded;

function fullAnswer(
  { value, canonical }: View,
  kept: readonly string[],
  reset?: ResetReason,
  token?: string,
): SyncAnswer {
  return {
    kind: 'full',
    view: value,
    json: canonical,
    kept,
    ...(reset && { reset }),
    ...(token && { token }),
  };
}

/**
 * Returns undefined for a view without canonical form, such as one with a lone surrogate: such a view is
 * sent, but not synchronized.
 */
function canonicalOf(view: JsonObject): string | undefined {
  try {
    return canonicalView(view);
  } catch {
    return undefined;
  }
}
