import { type SyncStorage } from './sync-client.ts';
import { type PendingWrite } from './write-queue.ts';

type Writes = readonly PendingWrite[];

/** The writes of a device in order, one text: a crash leaves the list before a change or the list after it. */
export interface PendingWrites {
  read(): Promise<Writes>;
  /** One change at a time. */
  change(edit: (writes: Writes) => Writes | Promise<Writes>): Promise<void>;
}

const storageKey = 'writes';

export function createPendingWrites(storage: SyncStorage): PendingWrites {
  let turn: Promise<unknown> = Promise.resolve();

  async function read(): Promise<Writes> {
    const text = await storage.get(storageKey);
    return text ? (JSON.parse(text) as Writes) : [];
  }

  return {
    read,
    change(edit) {
      const changed = turn.then(async () => {
        const writes = await edit(await read());
        if (writes.length > 0) await storage.set(storageKey, JSON.stringify(writes));
        else await storage.delete(storageKey);
      });
      turn = changed.catch(() => undefined);
      return changed;
    },
  };
}
