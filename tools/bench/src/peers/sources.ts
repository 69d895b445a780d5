import { createServer } from 'node:http';
import { aggregate, defineScreen } from '@bff/aggregation';
import { Deadline, createLogger, createMetrics, mapOutcome, type TenantId } from '@bff/service-kit';
import { createSender } from '@bff/shaping';
import { createUpstreamClients, type CallScope } from '@bff/upstream-clients';
import { port, sessionSecret, upstreamUrl, userOf } from './environment.ts';

/**
 * Not a peer: our own libs, composed as the apps compose them, with screens of any number of sources, each of them a
 * call. `GET /api/<number>`.
 */
const { notification } = createUpstreamClients({
  addresses: { user: upstreamUrl, order: upstreamUrl, notification: upstreamUrl, loyalty: upstreamUrl },
  metrics: createMetrics('sources'),
  log: createLogger('sources', 'info'),
});
const sender = createSender({ etagKey: sessionSecret });

interface Scope extends CallScope {
  readonly user: string;
}
const screenOf = (count: number) =>
  defineScreen<Scope>()({
    name: `of-${count}`,
    budgetMs: 2_000,
    sources: Object.fromEntries(
      Array.from({ length: count }, (_, at) => [
        `source${at}`,
        {
          read: async (scope: Scope, deadline: Deadline) =>
            mapOutcome(
              await notification.unreadCount({ ...scope, deadline }, `${scope.user}-${at}`),
              (answer) => ({ [`unread${at}`]: answer.count }),
            ),
          fallback: { [`unread${at}`]: 0 },
        },
      ]),
    ),
  });
const screens = new Map<string, ReturnType<typeof screenOf>>();
const nobodyHangsUp = new AbortController().signal;

async function answer(
  request: Parameters<typeof sender.send>[0],
  response: Parameters<typeof sender.send>[1],
) {
  const count = request.url?.slice('/api/'.length) ?? '';
  let screen = screens.get(count);
  if (!screen) screens.set(count, (screen = screenOf(Number(count) || 1)));
  const user = userOf(request.headers);
  const deadline = Deadline.after(screen.budgetMs, nobodyHangsUp);
  const scope: Scope = {
    tenant: 'tenant-0' as TenantId, identityKey: user, user, deadline, bearerFor: () => 'token',
    requestId: 'sources-request', traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  }; // prettier-ignore
  const result = await aggregate(screen, scope, deadline);
  if (result.kind !== 'view') return void response.writeHead(503).end();
  await sender.send(request, response, {
    view: result.view,
    degraded: result.degraded,
    scope: ['tenant-0', user, count],
  });
}

createServer((request, response) => void answer(request, response)).listen(port, '127.0.0.1');
