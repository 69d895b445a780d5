import { DatabaseSync } from 'node:sqlite';
import type { Service } from '../service.ts';

/**
 * The service's database, created and filled when it is new; a file that holds data is left as it is.
 *
 * @param file a path, or `:memory:`
 */
export function openDatabase(file: string, name: string, service: Service): DatabaseSync {
  // The time-out is for services of one file that start together: the second one waits for the first one's seed.
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

/** All of `work` or nothing of it. The write lock is taken first, so that what was read is still true when it is written. */
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
