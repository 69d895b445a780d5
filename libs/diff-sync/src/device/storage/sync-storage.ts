/**
 * Texts by key, as AsyncStorage or IndexedDB have them. One storage belongs to one signed-in user. `set` must be atomic: the
 * old text or the new one, never a part.
 */
export interface SyncStorage {
  get(key: string): Promise<string | null | undefined>;
  set(key: string, value: string): Promise<unknown>;
  delete(key: string): Promise<unknown>;
}

/**
 * Runs `work` while nobody else who uses the same storage runs work under this name, as `navigator.locks.request` does.
 *
 * @param signal aborts the waiting
 */
export type Lock = <T>(name: string, work: () => Promise<T>, signal: AbortSignal) => Promise<T>;
