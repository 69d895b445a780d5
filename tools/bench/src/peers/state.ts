import type { IncomingMessage } from 'node:http';
import { identifyCaller, identityOf, requestScope, type Identity } from '@bff/auth-delegation';
import { createLogger, openStore, Problem, withRequestContext } from '@bff/service-kit';
import { problemHandler } from '@bff/shaping';
import { createTenantDirectory, trustedProxies } from '@bff/tenancy';
import express from 'express';
import { port, userOf } from './environment.ts';
import { budgetMs, sendScreen } from './own-screens.ts';
import { cookieOf, handleOf, loginOf, sessionsIn } from './own-sessions.ts';

/**
 * Serves our own screens with sessions as in web-bff: `POST /login` creates a session, and `GET /api/<number
 * of sources>` sends a screen. State is in Redis or, without `REDIS_URL`, in memory; web-bff itself does not
 * start in production without Redis.
 */
const tenant = 'tenant-0';
const log = createLogger('state', 'info');
const store = openStore(
  { redisUrl: process.env['REDIS_URL'], redisTimeoutMs: 500 },
  { log, tracing: undefined },
);
const sessions = sessionsIn(store, 'session');

async function authenticate({ headers }: IncomingMessage): Promise<Identity> {
  const handle = handleOf(headers.cookie);
  const found = await sessions.find(handle);
  const session = found && (await sessions.touch(handle, found));
  if (!session) throw new Problem('not-authenticated');
  return identityOf(session);
}

const app = express().disable('x-powered-by').disable('etag');
app.use(withRequestContext(log));
app.get('/', async (_request, response) => {
  await store.ping();
  response.end();
});
app.post('/login', async (request, response) => {
  const { handle } = await sessions.create(loginOf(userOf(request.headers), tenant));
  response.set('Set-Cookie', cookieOf(handle)).status(204).end();
});
app.get(
  '/api/:count',
  identifyCaller({
    authenticate,
    directory: createTenantDirectory({
      tenants: [{ id: tenant, name: tenant, status: 'active', fields: {} }],
    }),
    trustedProxies: trustedProxies([]),
  }),
  (request, response) =>
    sendScreen(
      request,
      response,
      Number(request.params.count),
      requestScope(request, () => () => 'token', budgetMs),
    ),
);
app.use(problemHandler());
app.listen(port, '127.0.0.1');
