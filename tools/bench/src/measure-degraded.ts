import { setTimeout as wait } from 'node:timers/promises';
import { exchange } from './exchange.ts';
import { tagForm } from './measure-screen.ts';
import { type MeasuredWorld } from './measured-world.ts';
import { type DegradedAnswer, type DegradedFigures } from './report.ts';
import { type Client } from './screens.ts';

/** Attempts of 100 ms each: a breaker that has opened needs a moment. */
const patience = 100;

/** The profile while order-service answers 500, and again when it is well. Before any other read, so that nothing stale is at hand. */
export async function measureDegraded(
  clients: readonly Client[],
  { doors, orderService }: MeasuredWorld,
): Promise<DegradedFigures[]> {
  const profile = async ({ bff, screens }: Client): Promise<DegradedAnswer> => {
    const { url, credentials } = doors[bff];
    const { status, headers } = await exchange(url + (screens['profile']?.[0] ?? ''), credentials);
    return {
      status,
      etag: tagForm(headers.etag),
      cacheControl: headers['cache-control'] ?? null,
      degraded: headers['bff-degraded']?.toString() ?? null,
    };
  };

  const ailing = await fetch(`${orderService}/__faults`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ route: '*', kind: 'error', status: 500 }),
  });
  if (!ailing.ok) throw new Error(`no fault could be set (${ailing.status})`);
  const during: DegradedAnswer[] = [];
  for (const client of clients) during.push(await profile(client));
  await fetch(`${orderService}/__faults`, { method: 'DELETE' });

  const figures: DegradedFigures[] = [];
  for (const [index, client] of clients.entries()) {
    let after = await profile(client);
    for (let attempt = 0; after.degraded !== null && attempt < patience; attempt += 1) {
      await wait(100);
      after = await profile(client);
    }
    figures.push({
      client: client.name,
      path: client.screens['profile']?.[0] ?? '',
      during: during[index] as DegradedAnswer,
      after,
    });
  }
  return figures;
}
