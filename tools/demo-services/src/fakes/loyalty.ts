import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { Problem } from '@bff/service-kit';
import { aWhile } from '../cacheable.ts';
import { logNormal } from '../random.ts';
import { accounts, seedTier } from '../data/seed.ts';
import type { Route, Service } from '../service.ts';

/**
 * Sigma of the log-normal delays. They are capped at 6.7 times the median (400 ms for the default median of
 * 60 ms). Without the cap, about one answer in 500 would take longer.
 */
const spread = 0.65;
const longestPerMedian = 400 / 60;

const tables = `
  CREATE TABLE memberships (tenant TEXT, user_id TEXT, tier TEXT NOT NULL, PRIMARY KEY (tenant, user_id)) STRICT, WITHOUT ROWID;`;

function fill(database: DatabaseSync): void {
  const add = database.prepare('INSERT INTO memberships VALUES (?, ?, ?)');
  for (const [tenant, user] of accounts) add.run(tenant, user, seedTier(tenant, user));
}

const readTier: Route = {
  method: 'GET',
  pattern: '/api/v1/users/:id/tier',
  isOfUser: true,
  cacheControl: aWhile,
  prepare({ database, random, slowDelayMs }) {
    const find = database.prepare('SELECT tier FROM memberships WHERE tenant = ? AND user_id = ?');
    const delay = (): number =>
      Math.min(logNormal(random, slowDelayMs, spread), slowDelayMs * longestPerMedian);
    return async ({ caller, id, signal }) => {
      const body = find.get(caller.tid, id);
      if (!body) throw new Problem('not-found');
      if (slowDelayMs > 0) await wait(delay(), undefined, { signal });
      return { body };
    };
  },
};

export const loyaltyFake: Service = { tables, fill, routes: [readTier] };
