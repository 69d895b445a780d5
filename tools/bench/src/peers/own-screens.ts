import type { IncomingMessage, ServerResponse } from 'node:http';
import { aggregate, defineScreen } from '@bff/aggregation';
import { createLogger, createMetrics, mapOutcome } from '@bff/service-kit';
import { createSender } from '@bff/shaping';
import { createUpstreamClients, get, service, type CallScope } from '@bff/upstream-clients';
import { z } from 'zod';
import { product } from '../product.ts';
import { sessionSecret, upstreamUrl } from './environment.ts';

/** Budget of every screen, in milliseconds. */
export const budgetMs = 2_000;

const { path, member } = product.number;
const counter = service(
  'counter',
  { address: upstreamUrl },
  // The path is known only at run time; its one parameter is the user.
  { number: get(path as '/{userId}', { response: z.object({ [member]: z.int().min(0) }) }) },
);
const { clients } = createUpstreamClients(
  { counter },
  { metrics: createMetrics('sources'), log: createLogger('sources', 'info') },
);
const sender = createSender({ etagKey: sessionSecret });

interface Scope extends CallScope {
  readonly userId: string;
}
const screenOf = (count: number) =>
  defineScreen<Scope>()({
    name: `of-${count}`,
    budgetMs,
    sources: Object.fromEntries(
      Array.from({ length: count }, (_, at) => [
        `source${at}`,
        {
          read: async (scope: Scope, deadline: Scope['deadline']) =>
            mapOutcome(
              await clients.counter.number({ ...scope, deadline }, { userId: `${scope.userId}-${at}` }),
              (answer) => ({ [`number${at}`]: answer[member] }),
            ),
          fallback: { [`number${at}`]: 0 },
        },
      ]),
    ),
  });
const screens = new Map<number, ReturnType<typeof screenOf>>();

/**
 * Sends a screen with the given number of sources, one call each, built from our libs as the apps build it.
 * It measures our own code; it is not one of the peers (comparable servers).
 */
export async function sendScreen(
  request: IncomingMessage,
  response: ServerResponse,
  count: number,
  scope: Scope,
): Promise<void> {
  let screen = screens.get(count);
  if (!screen) screens.set(count, (screen = screenOf(count)));
  const result = await aggregate(screen, scope, scope.deadline);
  if (result.kind !== 'view') return void response.writeHead(503).end();
  await sender.send(request, response, {
    view: result.view,
    degraded: result.degraded,
    scope: [scope.tenant, scope.userId, String(count)],
  });
}
