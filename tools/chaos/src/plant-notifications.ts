import { DatabaseSync } from 'node:sqlite';

/** New and unread ones, put into the service's own database: it has no door for senders. */
export function plantNotifications(
  file: string,
  { tenant, user, ids }: { readonly tenant: string; readonly user: string; readonly ids: readonly string[] },
): void {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  try {
    const add = database.prepare("INSERT INTO notifications VALUES (?, ?, ?, 'order', 'Planted', 'By the fault suite', ?, NULL)"); // prettier-ignore
    database.exec('BEGIN IMMEDIATE');
    for (const id of ids) add.run(tenant, id, user, new Date().toISOString());
    database.exec('COMMIT');
  } finally {
    database.close();
  }
}
