import type { Adapter, AdapterFactory, AdapterPayload, ClientMetadata } from 'oidc-provider';

interface Entry {
  readonly payload: AdapterPayload;
  /** Milliseconds since 1970; the first sweep after this time deletes the entry. */
  readonly keepUntil: number;
}

/** Storage of the provider. It outlives provider instances, so that a key rotation ends no session. */
export interface MemoryStore {
  readonly adapter: AdapterFactory;
  client(id: string): ClientMetadata | undefined;
  putClient(metadata: ClientMetadata): void;
}

/** Number of writes between two sweeps for deletable entries. */
const sweepEvery = 1000;
/**
 * Expired entries are kept for an hour: the provider checks the expiry itself, and answers "expired" instead
 * of "unknown".
 */
const graceMs = 3_600_000;

export function createMemoryStore(): MemoryStore {
  const entries = new Map<string, Entry>();
  /** Ids by secondary keys (session uid, user code). */
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
