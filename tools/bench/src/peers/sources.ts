import { createServer } from 'node:http';
import { Deadline, type TenantId } from '@bff/service-kit';
import { port, userOf } from './environment.ts';
import { budgetMs, sendScreen } from './own-screens.ts';

/** Serves our own screens at `GET /api/<number of sources>`. Has no sessions: it trusts the user header. */
const neverAborts = new AbortController().signal;

createServer((request, response) => {
  const userId = userOf(request.headers);
  const count = Number(request.url?.slice('/api/'.length)) || 1;
  void sendScreen(request, response, count, {
    tenant: 'tenant-0' as TenantId,
    identityKey: userId,
    userId,
    deadline: Deadline.after(budgetMs, neverAborts),
    bearerFor: () => 'token',
    requestId: 'sources-request',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  });
}).listen(port, '127.0.0.1');
