import { DatabaseSync } from 'node:sqlite';
import type { Service } from '../service.ts';

/**
 * Opens the service's database; creates and seeds a new one, and leaves existing data unchanged.
 *
 * @param file a path, or `:memory:`
 */
export function openDatabase(file: string, name: string, service: Service): DatabaseSync {
  // The time-out lets services that share a file start together: the second one waits for the seed of the
  // first.
  const database = new DatabaseSync(file, { timeout: 5_000 });
  try {
    inTransaction(database, () => {
      database.exec('CREATE TABLE IF NOT EXISTS seeded (service TEXT PRIMARY KEY) STRICT');
      const { changes } = database.prepare('INSERT INTO seeded VALUES (?) ON CONFLICT DO NOTHING').run(name);
      if (changes === 0) return;
      database.exec(service.tables);
      service.fill(database);
    });
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Runs `work` in a transaction. Takes the write lock first, so that what `work` reads is still current when
 * it writes.
 */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
