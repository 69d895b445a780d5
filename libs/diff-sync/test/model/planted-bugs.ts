import type { StateKey, StateStore } from '@bff/service-kit';
import {
  applyPatch,
  type DiffSync,
  type Json,
  type JsonObject,
  type PatchOperation,
  type SyncAnswer,
  type SyncRequest,
} from '../../src/index.ts';

/** What a server with a planted bug can use besides the request. */
export interface ServerContext {
  readonly unfiltered: JsonObject;
  filter(view: JsonObject): JsonObject;
}

/** A bug planted in what surrounds the code under test, never in that code itself. */
export interface PlantedBug {
  readonly title: string;
  /** The model must report a fault that matches this pattern. */
  readonly shows: RegExp;
  readonly store?: (store: StateStore) => StateStore;
  readonly serve?: (sync: DiffSync, request: SyncRequest, context: ServerContext) => Promise<SyncAnswer>;
}

const withPatch = (
  answer: SyncAnswer,
  change: (patch: readonly PatchOperation[]) => PatchOperation[],
): SyncAnswer => {
  if (answer.kind !== 'delta') return answer;
  const patch = change(answer.patch);
  return { ...answer, patch, body: JSON.stringify(patch) };
};

export const deletionDropped: PlantedBug = {
  title: 'a deletion is dropped',
  shows: /divergence, with rfc6902/,
  serve: async (sync, request) =>
    withPatch(await sync.sync(request), (patch) => patch.filter(({ op }) => op !== 'remove')),
};

/**
 * Keeps one base per screen, that of the last answer, as a version map per user and client would. A base
 * whose token does not verify is refused, so this causes resets and not wrong views.
 */
export const baseOverwritten: PlantedBug = {
  title: 'a base is overwritten by a reader',
  shows: /though the base must be there/,
  store: (store) => {
    const slot = (key: StateKey) => key.split(':').slice(0, 3).join(':').concat(':the one') as StateKey;
    return {
      ...store,
      get: (key) => store.get(slot(key)),
      add: async (key, value, ttlMs) => store.set(slot(key), value, ttlMs).then(() => true),
      touch: (key, ttlMs) => store.touch(key.split(':').length > 3 ? slot(key) : key, ttlMs),
      delete: async () => true,
    };
  },
};

export const fallbackDiffed: PlantedBug = {
  title: 'a fallback is treated as data',
  shows: /divergence on the device/,
  serve: (sync, request) => sync.sync({ ...request, degradedFields: [] }),
};

export const policyAfterStoring: PlantedBug = {
  title: 'the policy is applied to sent views and not to stored bases',
  shows: /a stored base has the blocked ssn/,
  async serve(sync, request, { unfiltered, filter }) {
    const answer = await sync.sync({ ...request, view: unfiltered });
    if (answer.kind === 'full') return { ...answer, view: filter(answer.view) };
    const shown = (operation: PatchOperation) => !/ssn|internal_notes|SECRET/.test(JSON.stringify(operation));
    return withPatch(answer, (patch) => patch.filter(shown));
  },
};

export function arrayByIndex(): PlantedBug {
  const views = new Map<string, JsonObject>();
  return {
    title: 'items of an array are matched by index',
    shows: /of an identity/,
    async serve(sync, request) {
      const answer = await sync.sync(request);
      if (answer.kind === 'full' && answer.token) views.set(answer.token, answer.view);
      if (answer.kind !== 'delta') return answer;
      const base = views.get(answer.base) as JsonObject;
      const view = applyPatch(base, answer.patch) as JsonObject;
      views.set(answer.token, view);
      return withPatch(answer, () => [...byIndex(base, view, '')]);
    },
  };
}

function* byIndex(before: Json, after: Json, path: string): Generator<PatchOperation> {
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  const [a, b] = [before, after] as [Record<string, Json>, Record<string, Json>];
  const alike =
    [a, b].every((each) => typeof each === 'object' && each !== null) &&
    Array.isArray(a) === Array.isArray(b);
  if (!alike) return yield { op: 'replace', path, value: after };
  const step = (name: string) => `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  for (const name of Object.keys(a).reverse())
    if (!Object.hasOwn(b, name)) yield { op: 'remove', path: step(name) };
  for (const name of Object.keys(b))
    if (Object.hasOwn(a, name)) yield* byIndex(a[name]!, b[name]!, step(name));
    else yield { op: 'add', path: step(name), value: b[name]! };
}
