import { isObject, memberOf, type Json, type JsonObject } from '../../protocol/json.ts';
import { mergePatch } from '../../patch/merge-patch.ts';
import type { PendingPatch, PendingWrite } from './write-queue.ts';

export type Writes = readonly PendingWrite[];

export const isActive = ({ failed }: PendingWrite): boolean => !failed;
export const without = (writes: Writes, gone: PendingWrite): Writes =>
  writes.filter(({ key }) => key !== gone.key);

/** The patches of an address that are to be sent. Each is made over what the one before it makes. */
export const patchesOf = (writes: Writes, url: string): PendingPatch[] =>
  writes.filter((write) => write.method === 'PATCH').filter((write) => write.url === url && !write.failed);

const isOfChain = (write: PendingWrite, { url, token }: PendingPatch): write is PendingPatch =>
  write.method === 'PATCH' && write.url === url && write.token === token && !write.failed;

/** What the chain of a patch was made over. */
export const firstBase = (writes: Writes, like: PendingPatch): JsonObject =>
  writes.find((write): write is PendingPatch => isOfChain(write, like))?.base ?? like.base;

/**
 * Makes the patches of one chain over another view, and another token. One that may have been sent already stays what it is:
 * under its key the server knows that very request.
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

/** Removes a write; the patches behind it are made over what there is without it. */
export function removeWrite(writes: Writes, gone: PendingWrite): Writes {
  const rest = without(writes, gone);
  return gone.method === 'PATCH' ? chainPatches(rest, gone, firstBase(writes, gone)) : rest;
}

/**
 * The writes that a new one replaces: never sent, of the same address, and of which it changes everything. A POST or DELETE in
 * between keeps its place in the order.
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

/** Whether a merge patch changes all that another one does, so that only its own values are left. */
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
