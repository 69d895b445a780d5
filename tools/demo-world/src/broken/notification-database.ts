import { DatabaseSync } from 'node:sqlite';

/**
 * Inserts new, unread notifications into the service's database, because the service has no operation that
 * creates them.
 */
export function plantNotifications(
  file: string,
  { tenant, user, ids }: { readonly tenant: string; readonly user: string; readonly ids: readonly string[] },
): void {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  try {
    const add = database.prepare(
      "INSERT INTO notifications VALUES (?, ?, ?, 'order', 'Planted', 'By the fault suite', ?, NULL)",
    );
    database.exec('BEGIN IMMEDIATE');
    for (const id of ids) add.run(tenant, id, user, new Date().toISOString());
    database.exec('COMMIT');
  } finally {
    database.close();
  }
}

/**
 * Changes the database of a running service, bypassing the service.
 *
 * @returns number of changed rows
 */
export function changeDatabase(file: string, sql: string, ...values: readonly string[]): number {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  try {
    return Number(database.prepare(sql).run(...values).changes);
  } finally {
    database.close();
  }
}
