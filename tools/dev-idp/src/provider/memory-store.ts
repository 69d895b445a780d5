import type { Adapter, AdapterFactory, AdapterPayload, ClientMetadata } from 'oidc-provider';

interface Entry {
  readonly payload: AdapterPayload;
  /** Milliseconds since the epoch; forgotten by the first sweep after it. */
  readonly keepUntil: number;
}

/** All that the provider remembers. It outlives a provider, so that new keys end no session. */
export interface MemoryStore {
  readonly adapter: AdapterFactory;
  client(id: string): ClientMetadata | undefined;
  putClient(metadata: ClientMetadata): void;
}

/** Writes between two searches for what may be forgotten. */
const sweepEvery = 1000;
/** The provider judges expiry itself, and tells "expired" from "unknown" as long as it finds something. */
const graceMs = 3_600_000;

export function createMemoryStore(): MemoryStore {
  const entries = new Map<string, Entry>();
  /** Secondary keys (session uid, user code) to the id that they stand for. */
  const aliases = new Map<string, string>();
  let writes = 0;

  function remove(key: string): void {
    const payload = entries.get(key)?.payload;
    entries.delete(key);
    for (const alias of aliasesOf(payload)) if (aliases.get(alias) === key) aliases.delete(alias);
  }

  const read = (key: string | undefined): AdapterPayload | undefined =>
    key === undefined ? undefined : entries.get(key)?.payload;

  function sweep(): void {
    const now = Date.now();
    for (const [key, { keepUntil }] of entries) if (keepUntil <= now) remove(key);
  }

  function adapter(model: string): Adapter {
    const keyOf = (id: string): string => `${model}:${id}`;
    return {
      find: async (id) => read(keyOf(id)),
      findByUid: async (uid) => read(aliases.get(`uid:${uid}`)),
      findByUserCode: async (userCode) => read(aliases.get(`userCode:${userCode}`)),
      async upsert(id, payload, expiresIn = Infinity) {
        const key = keyOf(id);
        entries.set(key, { payload, keepUntil: Date.now() + expiresIn * 1000 + graceMs });
        for (const alias of aliasesOf(payload)) aliases.set(alias, key);
        if (++writes % sweepEvery === 0) sweep();
      },
      async consume(id) {
        const payload = read(keyOf(id));
        if (payload) payload['consumed'] = Math.floor(Date.now() / 1000);
      },
      destroy: async (id) => remove(keyOf(id)),
      async revokeByGrantId(grantId) {
        for (const [key, { payload }] of entries)
          if (payload.grantId === grantId && key.startsWith(keyOf(''))) remove(key);
      },
    };
  }

  return {
    adapter,
    client: (id) => entries.get(`Client:${id}`)?.payload as ClientMetadata | undefined,
    putClient(metadata) {
      entries.set(`Client:${metadata.client_id}`, {
        payload: metadata as AdapterPayload,
        keepUntil: Infinity,
      });
    },
  };
}

function aliasesOf(payload: AdapterPayload | undefined): string[] {
  const { uid, userCode } = payload ?? {};
  return [...(uid ? [`uid:${uid}`] : []), ...(userCode ? [`userCode:${userCode}`] : [])];
}
