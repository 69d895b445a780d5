import {
  createMemoryStore,
  StateUnavailable,
  type StateKey,
  type StateStore,
  type TenantId,
} from '@bff/service-kit';
import {
  applyPatch,
  createDiffSync,
  type DiffSync,
  type DiffSyncOptions,
  type JsonObject,
  type SyncAnswer,
  type SyncRequest,
} from '../src/index.ts';

export const t1 = 't1' as TenantId;
export const t2 = 't2' as TenantId;
export const key = (name: string): Buffer => Buffer.alloc(32, name);
export const hour = 3_600_000;

/** A wall clock that the test sets. */
export class Clock {
  time = Date.UTC(2026, 10, 22);
  readonly now = (): number => this.time;
  pass(ms: number): void {
    this.time += ms;
  }
}

/** A memory store that can be down, hang or be wiped, and that records its calls. */
export class WatchedStore {
  readonly calls: { readonly method: string; readonly key: string }[] = [];
  readonly entries = new Map<StateKey, Buffer>();
  state: 'up' | 'down' | 'hanging' | 'read-only' = 'up';
  /** Methods that fail while the state is `up`. */
  readonly failing = new Set<keyof StateStore>();
  /** A proxy, so that all methods of the interface are recorded, also those that are added later. */
  readonly store: StateStore;
  #memory: StateStore;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#memory = createMemoryStore({ clock: clock.now });
    this.store = new Proxy({} as StateStore, {
      get:
        (_, method: keyof StateStore) =>
        (...parameters: unknown[]) =>
          this.#call(method, parameters),
    });
  }

  wipe(): void {
    this.#memory = createMemoryStore({ clock: this.#clock.now });
  }

  /** Replaces the bytes of each base. */
  async damage(bytes: Buffer): Promise<void> {
    for (const key of this.baseKeys()) await this.#memory.replace(key, bytes, hour);
  }

  /** Keys of all bases ever stored. */
  baseKeys(): StateKey[] {
    return [
      ...new Set(
        this.calls
          .filter(({ method, key }) => method === 'add' && !key.startsWith('{~}'))
          .map(({ key }) => key as StateKey),
      ),
    ];
  }

  async liveBases(): Promise<Buffer[]> {
    const values = await Promise.all(this.baseKeys().map((key) => this.#memory.get(key)));
    return values.filter((value) => value !== undefined);
  }

  #call(method: keyof StateStore, parameters: unknown[]): unknown {
    this.calls.push({ method, key: String(parameters[0]) });
    if (this.state === 'hanging') return new Promise(() => undefined);
    if (this.state === 'down' || this.failing.has(method) || (this.state === 'read-only' && method !== 'get'))
      return Promise.reject(new StateUnavailable('down'));
    return (this.#memory[method] as (...all: unknown[]) => unknown)(...parameters);
  }
}

export const thingRequest: Omit<SyncRequest, 'view'> = {
  tenant: t1,
  policyVersion: 'v1',
  subject: 'subject-u1',
  resource: '/api/thing',
  variant: 'mobile/thing/1',
  aIm: 'json-patch',
  ifNoneMatch: undefined,
  degradedFields: [],
};

export const item = (id: string, status = 'open') => ({
  id,
  status,
  total: 12.5,
  address: 'Long Street 1, 12345 Somewhere',
});

export const thing = (more: JsonObject = {}): JsonObject => ({
  title: 'First',
  note: 'a note of this thing',
  things: [item('o1'), item('o2'), item('o3')],
  settings: { theme: 'dark', language: 'en' },
  things_count: 3,
  ...more,
});

export interface World {
  readonly clock: Clock;
  readonly watched: WatchedStore;
  readonly sync: DiffSync;
  replica(options?: Partial<DiffSyncOptions>): DiffSync;
  /** Makes one request of the user, and waits for all writes. */
  ask(view: JsonObject, more?: Partial<SyncRequest>, replica?: DiffSync): Promise<SyncAnswer>;
}

export function createWorld(options: Partial<DiffSyncOptions> = {}): World {
  const clock = new Clock();
  const watched = new WatchedStore(clock);
  const replica = (more: Partial<DiffSyncOptions> = {}): DiffSync =>
    createDiffSync({
      store: watched.store,
      keys: [key('a')],
      baseTtlMs: hour,
      now: clock.now,
      ...options,
      ...more,
    });
  const sync = replica();
  return {
    clock,
    watched,
    sync,
    replica,
    async ask(view, more = {}, at = sync) {
      const answer = await at.sync({ ...thingRequest, ...more, view });
      if (watched.state !== 'hanging') await at.settled();
      return answer;
    },
  };
}

export const tag = (...tokens: (string | undefined)[]): string =>
  tokens.map((token) => `"${token}"`).join(', ');

export function full(answer: SyncAnswer): Extract<SyncAnswer, { kind: 'full' }> {
  if (answer.kind !== 'full') throw new Error(`not full but ${answer.kind}`);
  return answer;
}

export function delta(answer: SyncAnswer): Extract<SyncAnswer, { kind: 'delta' }> {
  if (answer.kind !== 'delta') throw new Error(`not a delta but ${JSON.stringify(answer)}`);
  return answer;
}

/** Returns the view that a device with `view` has after the answer. */
export function received(view: JsonObject, answer: SyncAnswer): JsonObject {
  if (answer.kind === 'not-modified') return view;
  return answer.kind === 'full' ? answer.view : (applyPatch(view, JSON.parse(answer.body)) as JsonObject);
}
