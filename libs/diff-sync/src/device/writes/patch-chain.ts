import { isObject, memberOf, type Json, type JsonObject } from '../../protocol/json.ts';
import { mergePatch } from '../../patch/merge-patch.ts';
import type { PendingPatch, PendingWrite } from './write-queue.ts';

export type Writes = readonly PendingWrite[];

export const isActive = ({ failed }: PendingWrite): boolean => !failed;
export const without = (writes: Writes, gone: PendingWrite): Writes =>
  writes.filter(({ key }) => key !== gone.key);

/** Returns the pending patches of a URL. They form a chain: each is based on the result of the one before. */
export const patchesOf = (writes: Writes, url: string): PendingPatch[] =>
  writes.filter((write) => write.method === 'PATCH').filter((write) => write.url === url && !write.failed);

const isOfChain = (write: PendingWrite, { url, token }: PendingPatch): write is PendingPatch =>
  write.method === 'PATCH' && write.url === url && write.token === token && !write.failed;

/** Returns the view that the first patch in the chain of `like` is based on. */
export const firstBase = (writes: Writes, like: PendingPatch): JsonObject =>
  writes.find((write): write is PendingPatch => isOfChain(write, like))?.base ?? like.base;

/**
 * Rebases the patches in the chain of `like` onto another view and its token. A patch that may have been sent
 * stays unchanged, because the server may have stored exactly that request under its key.
 */
export function rebasePatches(writes: Writes, like: PendingPatch, view: JsonObject, token: string): Writes {
  let base = view;
  return writes.map((write) => {
    if (!isOfChain(write, like)) return write;
    const next = write.attempts > 0 ? write : { ...write, base, token };
    base = mergePatch(next.base, next.body);
    return next;
  });
}

export const chainPatches = (writes: Writes, like: PendingPatch, base: JsonObject): Writes =>
  rebasePatches(writes, like, base, like.token);

/** Removes a write, and rebases later patches onto the state without it. */
export function removeWrite(writes: Writes, gone: PendingWrite): Writes {
  const rest = without(writes, gone);
  return gone.method === 'PATCH' ? chainPatches(rest, gone, firstBase(writes, gone)) : rest;
}

/**
 * Returns the writes that a new write supersedes: writes for the same URL that were never sent and whose
 * changes it overwrites completely. Writes before a POST or DELETE are never superseded, so that this POST or
 * DELETE keeps its position.
 */
export function supersededBy(write: PendingWrite, writes: Writes): Writes {
  const isOrdered = ({ method }: PendingWrite): boolean => method === 'POST' || method === 'DELETE';
  const last = writes.map(isOrdered).lastIndexOf(true);
  return writes
    .slice(last + 1)
    .filter(({ method, url, attempts }) => method === write.method && url === write.url && attempts === 0)
    .filter(
      ({ method, body = {} }) => method === 'PUT' || (method === 'PATCH' && covers(write.body ?? {}, body)),
    );
}

/** Returns whether a merge patch overwrites every change of an earlier one. */
function covers(later: JsonObject, earlier: JsonObject): boolean {
  return Object.keys(earlier).every((name) => {
    const [value, before] = [memberOf(later, name), memberOf(earlier, name)] as [
      Json | undefined,
      Json | undefined,
    ];
    if (value === undefined) return before === undefined;
    return !isObject(value) || (isObject(before) && covers(value, before));
  });
}
