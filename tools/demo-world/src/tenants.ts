import { readFileSync } from 'node:fs';
import { createLogger, openStore, readSettings, tlsSettings, type StateStore } from '@bff/service-kit';
import { publishTenantDirectory } from '@bff/tenancy';

/**
 * `REDIS_URL=redis://... npm run -s tenants -- push tenants.json`: publishes a tenant directory to every
 * replica that runs with `TENANTS_SHARED=true`, and prints its version. Exit code 1 when it is invalid;
 * nothing is changed then.
 */
const [command, file] = process.argv.slice(2);
const url = process.env['REDIS_URL'];
if (command !== 'push' || file === undefined || !url) {
  process.stderr.write('usage: REDIS_URL=redis://... npm run -s tenants -- push tenants.json\n');
  process.exit(2);
}
const store = opened(url);
try {
  const text = readFileSync(file, 'utf8');
  await connected();
  process.stdout.write(`${await publishTenantDirectory(store, text)}\n`);
} catch (error) {
  process.stderr.write(`tenants: ${(error as Error).message}\n`);
  process.exitCode = 1;
} finally {
  await store.close();
}

/** Waits for the connection, because the store rejects commands while it is not connected. */
async function connected(): Promise<void> {
  for (let tries = 1; ; tries++)
    try {
      return await store.ping();
    } catch (error) {
      if (tries === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
}

function opened(redisUrl: string): StateStore {
  try {
    const files = readSettings(tlsSettings('redis', 'Redis'), process.env);
    const log = createLogger('tenants', 'silent');
    return openStore({ ...files, redisUrl, redisTimeoutMs: 500 }, { log, tracing: undefined });
  } catch (error) {
    process.stderr.write(`tenants: ${(error as Error).message}\n`);
    process.exit(1);
  }
}
