import { setTimeout as wait } from 'node:timers/promises';
import { exchange } from '../world/exchange.ts';
import { tagForm } from './measure-screen.ts';
import type { MeasuredClient } from '../measured-product.ts';
import type { MeasuredWorld } from '../world/measured-world.ts';
import { product } from '../product.ts';
import type { DegradedAnswer, DegradedFigures } from './report.ts';

/** Maximum number of attempts, 100 ms apart: an open breaker needs time to close. */
const patience = 100;

const { screen, service } = product.degraded;
const pathOf = ({ screens }: MeasuredClient): string => screens[screen]?.[0] ?? '';

/**
 * Reads a screen while one service answers 500, and again after its recovery. Must run before all other
 * reads, so that no stale answer is cached.
 */
export async function measureDegraded(
  clients: readonly MeasuredClient[],
  { doors, services }: MeasuredWorld,
): Promise<DegradedFigures[]> {
  const faults = `${services[service]}/__faults`;
  const read = async (client: MeasuredClient): Promise<DegradedAnswer> => {
    const { url, credentials } = doors[client.bff];
    const { status, headers } = await exchange(url + pathOf(client), credentials);
    return {
      status,
      etag: tagForm(headers.etag),
      cacheControl: headers['cache-control'] ?? null,
      degraded: headers['bff-degraded']?.toString() ?? null,
    };
  };

  const ailing = await fetch(faults, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ route: '*', kind: 'error', status: 500 }),
  });
  if (!ailing.ok) throw new Error(`the fault could not be set (status ${ailing.status})`);
  const during: DegradedAnswer[] = [];
  for (const client of clients) during.push(await read(client));
  await fetch(faults, { method: 'DELETE' });

  const figures: DegradedFigures[] = [];
  for (const [index, client] of clients.entries()) {
    let after = await read(client);
    for (let attempt = 0; after.degraded !== null && attempt < patience; attempt += 1) {
      await wait(100);
      after = await read(client);
    }
    figures.push({
      client: client.name,
      path: pathOf(client),
      during: during[index] as DegradedAnswer,
      after,
    });
  }
  return figures;
}
